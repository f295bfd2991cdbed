// <form data-drop>: takes a file that is dropped on it, sends it as it stands, and shows how much of it is there.
// Without scripts the form sends the file that is chosen.
class DocumentDrop {
  #form;
  #input;

  constructor(form) {
    this.#form = form;
    this.#input = form.querySelector("input[type=file]");
    form.querySelector("[data-drop-hint]").hidden = false;
    const area = form.closest("section") ?? form;
    area.addEventListener("dragover", (event) => this.#over(event, area));
    area.addEventListener("dragleave", () => area.classList.remove("is-target"));
    area.addEventListener("drop", (event) => this.#drop(event, area));
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      this.#send(this.#input.files[0]);
    });
  }

  #over(event, area) {
    if (![...event.dataTransfer.types].includes("Files")) return;
    event.preventDefault();
    area.classList.add("is-target");
  }

  #drop(event, area) {
    area.classList.remove("is-target");
    const [file, ...others] = event.dataTransfer.files;
    if (!file) return;
    event.preventDefault();
    const isFolder = event.dataTransfer.items[0]?.webkitGetAsEntry?.()?.isDirectory;
    if (others.length || isFolder) {
      this.#tell(`${isFolder ? "This is a folder" : `These are ${others.length + 1} files`}; drop one file. A document of several files comes as a zip, or by slipway push.`);
      return;
    }
    this.#send(file);
  }

  #send(file) {
    if (!file) return;
    if (!file.size) {
      this.#tell(`${file.name} is empty; choose another file.`);
      return;
    }
    const progress = this.#form.querySelector("progress");
    const button = this.#form.querySelector("button");
    const request = new XMLHttpRequest();
    const query = new URLSearchParams({ name: file.name, for: this.#form.elements.for.value });
    request.open("POST", `${this.#form.getAttribute("action")}?${query}`);
    request.setRequestHeader("X-Form-Token", this.#form.elements.form_token.value);
    request.setRequestHeader("Content-Type", "application/octet-stream");
    request.upload.addEventListener("progress", (event) => {
      if (event.lengthComputable) progress.value = (100 * event.loaded) / event.total;
    });
    const stop = (message) => {
      progress.hidden = true;
      button.disabled = false;
      this.#tell(message);
    };
    request.addEventListener("load", () => {
      const answer = parsed(request.responseText);
      if (request.status === 201 && answer.address) location.assign(answer.address);
      else stop(answer.message ?? told(request.responseText));
    });
    request.addEventListener("error", () => stop("The server did not answer; nothing was kept. Send it again."));
    this.#tell("");
    progress.hidden = false;
    progress.value = 0;
    button.disabled = true;
    document.getElementById("announcements").textContent = `Uploading ${file.name}`;
    request.send(file);
  }

  #tell(message) {
    const error = this.#form.querySelector("[data-drop-error]");
    error.textContent = message;
    error.hidden = !message;
    error.closest(".field").classList.toggle("wrong", !!message);
    if (message) this.#input.focus();
  }
}

function parsed(text) {
  try {
    return JSON.parse(text);
  } catch {
    return {};
  }
}

// What a problem page says: one that the server answers before it reads what was sent.
function told(text) {
  const page = new DOMParser().parseFromString(text, "text/html");
  return page.querySelector(".problem p")?.textContent ?? "The file was not taken; load the page again and send it once more.";
}

for (const form of document.querySelectorAll("form[data-drop]")) new DocumentDrop(form);
