// The review page: counts open boxes as they are ticked, and takes keys.
const review = document.querySelector("[data-review]");
const keysOff = "slipway-keys-off";

function stored(name) {
  try { return localStorage.getItem(name); } catch { return null; }
}

function count() {
  const label = review.querySelector("[data-open-boxes]");
  if (!label || review.querySelector("[data-publish-button][disabled]")) return;
  const total = Number(label.dataset.total);
  const boxes = [...review.querySelectorAll("[data-understood]")];
  const kept = review.querySelectorAll("input[type=hidden][name=understood]").length;
  const open = total - kept - boxes.filter((box) => box.checked).length;
  label.textContent = open > 0 ? `${open} of ${total} ${total === 1 ? "box" : "boxes"} left to tick` : "Ready";
}

// One box for several changes ticks the box of each; a change that is cleared clears the box for several.
function together(event) {
  const box = event.target;
  if (box.matches("[data-understood-all]")) {
    const fingerprints = new Set(box.value.split(","));
    for (const one of review.querySelectorAll("[data-understood]")) if (fingerprints.has(one.value)) one.checked = box.checked;
  } else if (box.matches("[data-understood]") && !box.checked) {
    for (const all of review.querySelectorAll("[data-understood-all]:checked")) {
      if (all.value.split(",").includes(box.value)) all.checked = false;
    }
  }
}

function move(selector, step) {
  const items = [...review.querySelectorAll(selector)];
  if (items.length === 0) return;
  const here = document.activeElement?.closest(selector);
  let next = here ? items.indexOf(here) + step : -1;
  if (!here) {
    const below = items.findIndex((item) => document.activeElement?.compareDocumentPosition(item) & 4);
    next = step > 0 ? Math.max(below, 0) : (below < 0 ? items.length : below) - 1;
    if (document.activeElement?.contains(items[0])) next = 0;
  }
  const item = items[Math.min(Math.max(next, 0), items.length - 1)];
  item.focus({ preventScroll: true });
  item.scrollIntoView({ block: "center" });
}

function tick() {
  const box = document.activeElement?.closest("[data-change], [data-subject]")?.querySelector("[data-understood]");
  if (box) box.click();
}

function openDefinition() {
  const details = document.activeElement?.closest("[data-subject]")?.querySelector(".definition");
  if (details) details.open = !details.open;
}

const keys = [
  ["n", "next change", () => move("[data-change]", 1)],
  ["p", "previous change", () => move("[data-change]", -1)],
  ["]", "next tool", () => move("[data-subject]", 1)],
  ["[", "previous tool", () => move("[data-subject]", -1)],
  ["Enter", "open or close the definition of this tool", openDefinition],
  ["x", "tick “Understood” of this change, or clear it", tick],
  ["c", "compare other sides", () => review.querySelector("[data-key-compare]")?.click()],
  ["?", "these keys", showKeys],
];

function showKeys() {
  if (document.querySelector("dialog[open]")) return;
  const opener = document.activeElement;
  const dialog = document.createElement("dialog");
  dialog.setAttribute("aria-labelledby", "keys-title");
  const card = document.createElement("div");
  card.className = "card";
  const title = Object.assign(document.createElement("h2"), { id: "keys-title", textContent: "Keys of this page", tabIndex: -1 });
  const list = Object.assign(document.createElement("dl"), { className: "keys-list" });
  for (const [key, what] of [...keys, ["Ctrl+Enter", "publish, while you write the notes"]]) {
    const term = document.createElement("dt");
    term.append(Object.assign(document.createElement("kbd"), { textContent: key }));
    list.append(term, Object.assign(document.createElement("dd"), { textContent: what }));
  }
  const choice = Object.assign(document.createElement("div"), { className: "choice" });
  const box = Object.assign(document.createElement("input"), { type: "checkbox", id: "keys-on", checked: !stored(keysOff) });
  const label = Object.assign(document.createElement("label"), { htmlFor: "keys-on", textContent: "Keys of one letter are on" });
  box.addEventListener("change", () => {
    try { box.checked ? localStorage.removeItem(keysOff) : localStorage.setItem(keysOff, "1"); } catch { /* for this visit only */ }
  });
  choice.append(box, label);
  const close = Object.assign(document.createElement("button"), { type: "button", className: "button", textContent: "Close" });
  close.addEventListener("click", () => dialog.close());
  card.append(title, list, choice, close);
  dialog.append(card);
  document.body.append(dialog);
  dialog.addEventListener("close", () => { dialog.remove(); opener?.focus?.(); });
  dialog.showModal();
  title.focus();
}

if (review) {
  review.addEventListener("change", (event) => { together(event); count(); });
  review.addEventListener("keydown", (event) => {
    const field = event.key === "Enter" && event.target.closest("[data-submits-by]");
    if (!field) return;
    event.preventDefault();
    document.getElementById(field.dataset.submitsBy).click();
  });
  const button = review.querySelector("[data-keys]");
  button.hidden = false;
  button.addEventListener("click", showKeys);
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey) && event.target.matches("[data-notes]")) {
      event.preventDefault();
      review.querySelector("[data-publish-button]")?.click();
      return;
    }
    if (event.ctrlKey || event.metaKey || event.altKey || document.querySelector("dialog[open]")) return;
    const field = event.target.closest("input, textarea, select, [contenteditable]");
    if (field && field.type !== "checkbox" && field.type !== "radio") return;
    if (stored(keysOff)) return;
    const known = keys.find(([key]) => key === event.key);
    if (!known || (event.key === "Enter" && !event.target.matches("[data-change], [data-subject]"))) return;
    event.preventDefault();
    known[2]();
  });
}
