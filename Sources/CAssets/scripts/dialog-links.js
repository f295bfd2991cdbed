// <a data-dialog href="…">: opens the page's [data-dialog-content] in a dialog; without scripts it is a page of its own.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-dialog]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  if (link.getAttribute("aria-busy") === "true") return;
  link.setAttribute("aria-busy", "true");
  const fetching = new AbortController();
  const dialog = document.createElement("dialog");
  dialog.addEventListener("close", () => { fetching.abort(); dialog.remove(); link.focus(); });
  const waiting = setTimeout(() => showLoading(dialog), 150);
  const content = await fetched(link.href, fetching.signal);
  clearTimeout(waiting);
  link.removeAttribute("aria-busy");
  if (fetching.signal.aborted) return;
  if (!content) { location.href = link.href; return; }
  show(content, dialog);
});

async function fetched(address, signal) {
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" }, signal });
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector("[data-dialog-content]");
  } catch {
    return null;
  }
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

function show(content, dialog) {
  dialog.replaceChildren(document.importNode(content, true));
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
  dialog.addEventListener("click", (event) => {
    const cancel = event.target.closest("a[data-cancel]");
    if (!cancel) return;
    event.preventDefault();
    dialog.close();
  });
  if (!dialog.open) dialog.showModal();
  heading?.focus();
}
