// Lists with boxes: <tick-all> ticks what is shown, and button[data-ticked="Add # tools"] says how many there are.
class TickAll extends HTMLElement {
  connectedCallback() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button small";
    button.textContent = "Tick all shown";
    button.addEventListener("click", () => {
      const boxes = [...this.closest("form").querySelectorAll("input[type=checkbox]")];
      const isTicking = boxes.some((box) => !box.checked);
      for (const box of boxes) box.checked = isTicking;
      count();
    });
    this.replaceChildren(button);
  }
}
customElements.define("tick-all", TickAll);

function count() {
  for (const button of document.querySelectorAll("button[data-ticked]")) {
    const form = button.form;
    if (!form) continue;
    const boxes = [...form.querySelectorAll("input[type=checkbox]")];
    const kept = form.querySelectorAll("input[type=hidden][name=urn]").length;
    const number = boxes.filter((box) => box.checked).length + kept;
    button.dataset.plain ??= button.textContent;
    button.textContent = number ? button.dataset.ticked.replace("#", number.toLocaleString("en")).replace(/^(Add 1 tool)s$/, "$1") : button.dataset.plain;
    button.disabled = !number;
    const all = form.querySelector("tick-all button");
    if (all) all.textContent = boxes.length && boxes.every((box) => box.checked) ? "Tick none" : "Tick all shown";
  }
}
document.addEventListener("change", count);
document.addEventListener("ticks-changed", count);
count();
