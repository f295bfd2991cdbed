// <live-search>: a search form and its [data-results]. What is typed or chosen fetches the results at once; ticks stay.
// Without scripts the form has a button.
class LiveSearch extends HTMLElement {
  #waiting;
  #latest;

  connectedCallback() {
    this.dataset.ready = "";
    const form = this.querySelector("form[data-filters]");
    if (!form) return;
    form.addEventListener("input", (event) => {
      clearTimeout(this.#waiting);
      this.#waiting = setTimeout(() => this.#search(form), event.target.matches("select") ? 0 : 160);
    });
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      clearTimeout(this.#waiting);
      this.#search(form);
    });
  }

  async #search(form) {
    const address = new URL(form.action);
    for (const [name, value] of new FormData(form)) if (value) address.searchParams.set(name, value);
    this.#latest?.abort();
    const fetching = this.#latest = new AbortController();
    this.dataset.busy = "";
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" }, signal: fetching.signal });
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const results = page.querySelector("live-search [data-results]");
      if (!results) { location.href = address; return; }
      this.#show(document.importNode(results, true));
      history.replaceState(null, "", address);
    } catch (error) {
      if (error.name !== "AbortError") location.href = address;
    } finally {
      if (this.#latest === fetching) delete this.dataset.busy;
    }
  }

  #show(results) {
    const old = this.querySelector("[data-results]");
    const ticked = new Set([...old.querySelectorAll("[name=urn]:checked, input[type=hidden][name=urn]")].map((box) => box.value));
    const form = results.querySelector("form:has([name=urn])");
    for (const urn of form ? ticked : []) {
      const box = [...form.querySelectorAll("[name=urn]")].find((box) => box.value === urn);
      if (box) { box.checked = true; continue; }
      const hidden = document.createElement("input");
      Object.assign(hidden, { type: "hidden", name: "urn", value: urn });
      form.append(hidden);
    }
    old.replaceWith(results);
    document.dispatchEvent(new CustomEvent("ticks-changed"));
    const count = results.querySelector("[data-count]")?.textContent ?? "";
    document.getElementById("announcements").textContent = count;
  }
}
customElements.define("live-search", LiveSearch);
