// The merge page: shows the result as sides are chosen, and takes a side for a whole group without asking the server.
const mergeForm = document.querySelector("[data-merge-item]")?.form;

function showResults() {
  const items = [...mergeForm.querySelectorAll("[data-merge-item]")];
  let decided = 0;
  for (const item of items) {
    const chosen = item.querySelector("input[type=radio]:checked");
    const text = item.querySelector("textarea");
    const result = item.querySelector("[data-result]");
    if (!chosen) { result.textContent = "not decided"; continue; }
    decided += 1;
    result.textContent = chosen.value === "own" ? text.value || "nothing"
      : chosen.labels[0].querySelector(".merge-value").dataset.becomes ?? chosen.labels[0].querySelector(".merge-value").textContent;
  }
  const progress = mergeForm.querySelector("[data-progress]");
  const words = `${decided} of ${items.length} decided`;
  if (progress && progress.textContent !== words) progress.textContent = words;
}

if (mergeForm) {
  mergeForm.querySelector("[data-no-script]").hidden = true;
  mergeForm.addEventListener("change", showResults);
  mergeForm.addEventListener("input", (event) => {
    if (!event.target.matches("textarea")) return;
    event.target.closest(".merge-side").querySelector("input[type=radio]").checked = true;
    showResults();
  });
  mergeForm.addEventListener("click", (event) => {
    const button = event.target.closest("[data-take]");
    if (!button) return;
    event.preventDefault();
    for (const side of button.closest("section").querySelectorAll(`input[type=radio][value=${button.dataset.take}]`)) {
      side.checked = true;
    }
    showResults();
  });
}
