// <form data-in-place>: sends itself without leaving the page and takes #chosen out of the page that comes back. What has focus
// keeps it; an answer (#result with something in it) is read out and scrolled to.
document.addEventListener("submit", async (event) => {
  const form = event.target.closest("form[data-in-place]");
  const part = form?.closest("#chosen");
  if (!part || part.getAttribute("aria-busy") === "true") { if (part) event.preventDefault(); return; }
  event.preventDefault();
  const button = event.submitter;
  const data = new URLSearchParams(new FormData(form, button));
  const focused = document.activeElement?.id || "";
  part.setAttribute("aria-busy", "true");
  const label = button?.textContent;
  if (button?.id === "call-button" || button?.id === "compare-button") button.textContent = "Calling…";
  let page = null;
  try {
    const answer = await fetch(form.action, { method: "POST", body: data, headers: { Accept: "text/html" } });
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch {
    announce("The server did not answer. Nothing is known of the call.");
  }
  const next = page?.getElementById("chosen");
  part.removeAttribute("aria-busy");
  if (!next) {
    if (button) button.textContent = label;
    const problem = page?.querySelector("main");
    if (problem) { document.getElementById("main").replaceChildren(...document.importNode(problem, true).childNodes); }
    return;
  }
  const fresh = document.importNode(next, true);
  part.replaceWith(fresh);
  fresh.dispatchEvent(new CustomEvent("page-part", { bubbles: true }));
  show(fresh, focused, button?.value ?? "");
});

function show(part, focused, action) {
  const result = part.querySelector("#result");
  const wrong = part.querySelector("[aria-invalid]");
  if (action.startsWith("add:")) {
    const again = part.querySelector(`button[value="${CSS.escape(action)}"]`);
    const fields = again?.parentElement.querySelectorAll("input:not([type=hidden]), select, textarea");
    (fields?.[fields.length - 1] ?? again)?.focus();
  } else if (result?.querySelector("article")) {
    announce([...result.querySelectorAll(".chips")].map((chips) => chips.textContent.trim()).join("; ") || "Messages are shown.");
    result.focus({ preventScroll: true });
    result.scrollIntoView({ block: "nearest" });
  } else if (wrong) {
    wrong.focus();
  } else {
    (part.querySelector(`#${CSS.escape(focused || "none")}`) ?? part.querySelector("input:not([type=hidden]), select, textarea"))?.focus();
  }
}

function announce(text) {
  document.getElementById("announcements").textContent = text;
}
