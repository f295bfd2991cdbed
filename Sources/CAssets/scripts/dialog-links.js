// <a data-dialog href="…">: opens the page's [data-dialog-content] in a dialog; without scripts it is a page of its own. A form in
// it is sent from there: what is wrong with it is told in the dialog, and where its answer leads on, the page follows.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-dialog]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  if (link.getAttribute("aria-busy") === "true") return;
  link.setAttribute("aria-busy", "true");
  const fetching = new AbortController();
  const dialog = document.createElement("dialog");
  const title = document.title;
  dialog.addEventListener("close", () => { fetching.abort(); dialog.remove(); document.title = title; link.focus(); });
  dialog.addEventListener("cancel", (cancel) => keep(cancel, dialog));
  dialog.addEventListener("click", (click) => follow(click, dialog));
  dialog.addEventListener("submit", (submit) => send(submit, dialog));
  const waiting = setTimeout(() => showLoading(dialog), 150);
  const content = await fetched(link.href, fetching.signal);
  clearTimeout(waiting);
  link.removeAttribute("aria-busy");
  if (fetching.signal.aborted) return;
  if (!content) { location.href = link.href; return; }
  show(content, null, dialog);
});

// What is wrong with a form leads to its fields, in a dialog and on a page: the field gets the focus, wherever it stands.
document.addEventListener("click", (event) => {
  const link = event.target.closest("[data-error-summary] a");
  const field = link && (link.closest("dialog") ?? document).querySelector(`#${CSS.escape(link.hash.slice(1))}`);
  if (!field) return;
  event.preventDefault();
  for (let part = field.closest("details:not([open])"); part; part = part.closest("details:not([open])")) part.open = true;
  field.focus();
});

async function fetched(address, signal) {
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, signal });
    if (!answer.ok) return null;
    return parsed(await answer.text()).querySelector("[data-dialog-content]");
  } catch {
    return null;
  }
}

function parsed(text) {
  return new DOMParser().parseFromString(text, "text/html");
}

function showLoading(dialog) {
  const text = Object.assign(document.createElement("p"), { className: "card", textContent: "Loading…" });
  text.setAttribute("role", "status");
  dialog.replaceChildren(text);
  dialog.setAttribute("aria-busy", "true");
  dialog.setAttribute("aria-label", "Loading");
  document.body.append(dialog);
  dialog.showModal();
}

function show(content, summary, dialog) {
  const shown = document.importNode(content, true);
  dialog.replaceChildren(shown);
  dialog.removeAttribute("aria-busy");
  dialog.removeAttribute("aria-label");
  // The page has its h1 already.
  for (const title of dialog.querySelectorAll("h1")) {
    const heading = document.createElement("h2");
    heading.append(...title.childNodes);
    title.replaceWith(heading);
  }
  if (!dialog.isConnected) document.body.append(dialog);
  const heading = dialog.querySelector("h1, h2");
  if (heading) {
    heading.id ||= "dialog-heading";
    heading.tabIndex = -1;
    dialog.setAttribute("aria-labelledby", heading.id);
  }
  if (!dialog.open) dialog.showModal();
  if (!summary) { heading?.focus(); return; }
  dialog.dataset.written = "";
  const wrong = document.importNode(summary, true);
  shown.prepend(wrong);
  wrong.focus();
}

function follow(event, dialog) {
  const cancel = event.target.closest("a[data-cancel], .problem a");
  if (!cancel) return;
  event.preventDefault();
  dialog.close();
}

// One press of Escape does not drop what was written; the next one does.
function keep(event, dialog) {
  if (dialog.querySelector("[data-unsaved]") || !isWritten(dialog)) return;
  event.preventDefault();
  const text = Object.assign(document.createElement("p"), {
    className: "notice warning",
    textContent: "What you changed here is not saved. Press Escape once more to drop it.",
  });
  text.setAttribute("role", "alert");
  text.dataset.unsaved = "";
  dialog.firstElementChild?.prepend(text);
  text.scrollIntoView({ block: "nearest" });
}

function isWritten(dialog) {
  if ("written" in dialog.dataset) return true;
  return [...dialog.querySelectorAll("input:not([type=hidden]), textarea, select")].some((field) => {
    if (field.type === "checkbox" || field.type === "radio") return field.checked !== field.defaultChecked;
    if (field.tagName !== "SELECT") return field.value !== field.defaultValue;
    const first = [...field.options].find((option) => option.defaultSelected) ?? field.options[0];
    return first ? !first.selected : false;
  });
}

async function send(event, dialog) {
  const form = event.target;
  if (form.getAttribute("method") !== "post") return;
  event.preventDefault();
  if (dialog.getAttribute("aria-busy") === "true") return;
  dialog.setAttribute("aria-busy", "true");
  const address = event.submitter?.getAttribute("formaction") ?? form.getAttribute("action");
  const data = new FormData(form, event.submitter);
  const body = form.enctype === "multipart/form-data" ? data : new URLSearchParams(data);
  try {
    const answer = await fetch(address, { method: "POST", body, headers: { Accept: "text/html", "X-Dialog": "yes" } });
    const next = answer.headers.get("X-Dialog");
    if (next) { leave(next); return; }
    const page = parsed(await answer.text());
    const content = page.querySelector("[data-dialog-content], .problem");
    if (!content) { location.assign(address); return; }
    show(content, page.querySelector("[data-error-summary]"), dialog);
    document.title = page.title;
  } catch {
    tellSilence(dialog);
  }
  dialog.removeAttribute("aria-busy");
}

// The same page with another fragment would not be loaded anew.
function leave(next) {
  const target = new URL(next, location.href);
  if (target.pathname + target.search !== location.pathname + location.search) { location.assign(target); return; }
  history.replaceState(null, "", target);
  location.reload();
}

function tellSilence(dialog) {
  dialog.querySelector("[data-silence]")?.remove();
  const text = Object.assign(document.createElement("p"), {
    className: "notice wrong",
    textContent: "The server did not answer, so nothing is known of what was sent. Load the page again, and look.",
  });
  text.setAttribute("role", "alert");
  text.dataset.silence = "";
  dialog.firstElementChild?.prepend(text);
}
