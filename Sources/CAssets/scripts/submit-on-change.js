// <select data-submits="choose">: sends its form when it changes, as the button with that value of `do` beside it does, and hides
// that button. An empty value stands for the form's only button.
function prepare(root) {
  for (const select of root.querySelectorAll("select[data-submits]")) {
    const button = select.parentElement.querySelector(select.dataset.submits ? `button[value="${select.dataset.submits}"]` : "button");
    if (!button || button.dataset.replaced) continue;
    button.dataset.replaced = "true";
    button.hidden = true;
    select.addEventListener("change", () => select.form.requestSubmit(button));
  }
}
prepare(document);
document.addEventListener("page-part", (event) => prepare(event.target));
