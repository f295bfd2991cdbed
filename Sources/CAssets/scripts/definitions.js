// <details data-load>: when it is opened, fetches the [data-inline] of the page that the link in it leads to.
document.addEventListener("toggle", async (event) => {
  const details = event.target;
  if (!details.open || !details.matches("[data-load]")) return;
  const address = details.querySelector("a").href;
  details.removeAttribute("data-load");
  try {
    const answer = await fetch(address, { headers: { Accept: "text/html" } });
    if (!answer.ok) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    const content = page.querySelector("[data-inline]");
    if (content) details.querySelector("p").replaceWith(document.importNode(content, true));
  } catch {
    details.setAttribute("data-load", "");
  }
}, true);
