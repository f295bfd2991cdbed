// <a data-dialog href="…">: opens the page's [data-dialog-content] in a dialog; without scripts it is a page of its own.
document.addEventListener("click", async (event) => {
  const link = event.target.closest("a[data-dialog]");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  const content = await fetched(link.href);
  if (!content) { location.href = link.href; return; }
  show(content, link);
});

async function fetched(address) {
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) return null;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    return page.querySelector("[data-dialog-content]");
  } catch {
    return null;
  }
}

function show(content, opener) {
  const dialog = document.createElement("dialog");
  dialog.append(document.importNode(content, true));
  // The page has its h1 already.
  for (const title of dialog.querySelectorAll("h1")) {
    const heading = document.createElement("h2");
    heading.append(...title.childNodes);
    title.replaceWith(heading);
  }
  document.body.append(dialog);
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
  dialog.addEventListener("close", () => { dialog.remove(); opener.focus(); });
  dialog.showModal();
  heading?.focus();
}
