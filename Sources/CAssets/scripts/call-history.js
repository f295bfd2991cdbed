// <call-record data-entry>: a call that was made, put into the list of this browser tab.
// <call-history data-key data-address>: that list, newest first. Without scripts there is none.
const shown = 20;

function calls(key) {
  try {
    return JSON.parse(sessionStorage.getItem(`slipway-calls ${key}`)) ?? [];
  } catch {
    return [];
  }
}

class CallHistory extends HTMLElement {
  connectedCallback() { this.draw(); }

  keep(entry) {
    const kept = [entry, ...calls(this.dataset.key)].slice(0, shown);
    try {
      sessionStorage.setItem(`slipway-calls ${this.dataset.key}`, JSON.stringify(kept));
    } catch { /* A full store keeps the calls that it has. */ }
    this.draw();
  }

  draw() {
    const kept = calls(this.dataset.key);
    if (kept.length === 0) { this.replaceChildren(); return; }
    const heading = document.createElement("h2");
    heading.textContent = "Called in this tab";
    const list = document.createElement("ol");
    list.className = "pick-list";
    for (const entry of kept) {
      const link = document.createElement("a");
      link.href = `${this.dataset.address}?${entry.query}#chosen`;
      const name = document.createElement("span");
      name.className = "pick-name";
      name.textContent = entry.tool;
      const detail = document.createElement("span");
      detail.className = "muted small";
      detail.textContent = [entry.side, entry.outcome, entry.detail, entry.arguments.slice(0, 80)].filter(Boolean).join(" · ");
      link.append(name, detail);
      const item = document.createElement("li");
      item.append(link);
      list.append(item);
    }
    const clear = document.createElement("button");
    clear.type = "button";
    clear.className = "button plain small";
    clear.textContent = "Clear the list";
    clear.addEventListener("click", () => { sessionStorage.removeItem(`slipway-calls ${this.dataset.key}`); this.draw(); });
    this.replaceChildren(heading, list, clear);
  }
}

class CallRecord extends HTMLElement {
  connectedCallback() {
    const entry = this.dataset.entry;
    if (!entry) return;
    delete this.dataset.entry;
    document.querySelector("call-history")?.keep(JSON.parse(entry));
  }
}
customElements.define("call-history", CallHistory);
customElements.define("call-record", CallRecord);
