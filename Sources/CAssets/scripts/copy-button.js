// <copy-button data-copy="text">: copies the text, and says so. Without scripts it is not there.
class CopyButton extends HTMLElement {
  connectedCallback() {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "button small";
    button.textContent = "Copy";
    button.setAttribute("aria-label", "Copy " + (this.dataset.label ?? this.dataset.copy.slice(0, 60)));
    button.addEventListener("click", () => this.#copy(button));
    this.replaceChildren(button);
  }

  async #copy(button) {
    try {
      await navigator.clipboard.writeText(this.dataset.copy);
      button.textContent = "Copied";
    } catch {
      button.textContent = "Not copied";
    }
    document.getElementById("announcements").textContent = button.textContent;
    setTimeout(() => { button.textContent = "Copy"; }, 2000);
  }
}
customElements.define("copy-button", CopyButton);
