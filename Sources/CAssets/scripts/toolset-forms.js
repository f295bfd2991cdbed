// Forms of a toolset: "Use the original" fills the field in place; a short name is suggested; an address is checked while
// it is typed.
document.addEventListener("click", (event) => {
  const button = event.target.closest("button[data-use-original]");
  const field = button && document.getElementById(button.dataset.useOriginal);
  if (!field) return;
  event.preventDefault();
  field.value = field.dataset.original;
  field.focus();
  document.getElementById("announcements").textContent = "The original is in the field. Save to use it.";
});

for (const form of document.querySelectorAll("form[data-suggest-slug]")) {
  const [name, slug] = (form.dataset.suggestSlug || "name slug").split(" ").map((field) => form.elements[field]);
  if (!slug) continue;
  let isOwn = slug.value !== "";
  slug.addEventListener("input", () => { isOwn = slug.value !== ""; });
  name.addEventListener("input", () => {
    if (!isOwn) slug.value = name.value.toLowerCase().replace(/[^a-z0-9]+/g, "-").replace(/^-+/, "").slice(0, 60).replace(/-+$/, "");
  });
}

class AddressCheck extends HTMLElement {
  #waiting;

  connectedCallback() {
    const field = this.querySelector("input");
    const hint = document.createElement("p");
    hint.className = "hint";
    hint.setAttribute("role", "status");
    this.querySelector(".field").append(hint);
    field.addEventListener("input", () => {
      clearTimeout(this.#waiting);
      this.#waiting = setTimeout(async () => {
        const value = field.value;
        const answer = await fetch(`${this.dataset.address}?mcp_slug=${encodeURIComponent(value)}`);
        if (answer.ok && field.value === value) hint.textContent = (await answer.json()).message;
      }, 250);
    });
  }
}
customElements.define("address-check", AddressCheck);
