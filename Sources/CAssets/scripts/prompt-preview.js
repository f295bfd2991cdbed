// <form data-preview="address">: shows the prompt as an agent would get it while somebody writes. Without scripts a button does.
for (const form of document.querySelectorAll("form[data-preview]")) {
  const text = form.querySelector("[data-preview-text]");
  const fault = form.querySelector("[data-preview-fault]");
  const warning = form.querySelector("[data-preview-warning]");
  form.querySelector("[data-preview-button]").hidden = true;
  let timer;
  let latest = 0;

  const show = async () => {
    const own = ++latest;
    try {
      const answer = await fetch(form.dataset.preview, { method: "POST", body: new URLSearchParams(new FormData(form)) });
      if (!answer.ok || own !== latest) return;
      const preview = await answer.json();
      if (!preview.fault) text.textContent = preview.text;
      if (!preview.fault) {
        warning.hidden = !preview.warning;
        warning.querySelector("span").textContent = preview.warning;
        const declare = form.querySelector("[data-preview-declare]");
        if (declare) {
          declare.hidden = !preview.declare;
          declare.textContent = preview.declare;
        }
      }
      fault.textContent = preview.fault;
      fault.hidden = !preview.fault;
    } catch {
      fault.textContent = "The server did not answer; the preview is as it was.";
      fault.hidden = false;
    }
  };
  form.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(show, 250);
  });
}
