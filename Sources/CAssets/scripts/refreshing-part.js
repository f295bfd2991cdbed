// [data-refresh="address"]: is fetched anew each second, until what comes has no address any more. Without scripts the page
// loads itself again.
async function follow(part) {
  let address = part.dataset.refresh;
  while (address) {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    let next;
    try {
      const answer = await fetch(address, { headers: { Accept: "text/html" } });
      if (!answer.ok) { location.reload(); return; }
      next = new DOMParser().parseFromString(await answer.text(), "text/html").querySelector("[data-refresh]");
    } catch {
      continue;
    }
    if (!next) { location.reload(); return; }
    address = next.dataset.refresh;
    if (!address) {
      part.replaceChildren(...document.importNode(next, true).childNodes);
      part.dataset.refresh = "";
      const state = part.querySelector("[role=status]")?.textContent.trim() ?? "";
      document.getElementById("announcements").textContent = `Done: ${state.replace(/\s+/g, " ")}`;
    }
  }
}

for (const part of document.querySelectorAll("[data-refresh]")) if (part.dataset.refresh) follow(part);
