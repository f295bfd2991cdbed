// <details data-load="…">: fetches the page's [data-inline] when it is opened; without scripts a link inside leads there.
document.addEventListener("toggle", async (event) => {
  const details = event.target;
  const address = details.dataset?.load;
  if (!details.open || !address) return;
  delete details.dataset.load;
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const content = page.querySelector("[data-inline]");
    if (content) details.querySelector("p").replaceWith(document.importNode(content, true));
  } catch {
    details.dataset.load = address;
  }
}, true);
