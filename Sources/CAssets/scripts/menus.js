// <details class="menu">: one is open at a time; it closes by Escape, by a click beside it, and when the focus leaves it.
document.addEventListener("toggle", (event) => {
  const menu = event.target;
  if (!menu.matches("details.menu") || !menu.open) return;
  for (const other of document.querySelectorAll("details.menu[open]")) if (other !== menu) other.open = false;
}, true);

document.addEventListener("click", (event) => {
  for (const menu of document.querySelectorAll("details.menu[open]")) if (!menu.contains(event.target)) menu.open = false;
});

document.addEventListener("keydown", (event) => {
  const menu = event.key === "Escape" && event.target.closest("details.menu[open]");
  if (!menu) return;
  menu.open = false;
  menu.querySelector("summary").focus();
});

document.addEventListener("focusout", (event) => {
  const menu = event.target.closest("details.menu[open]");
  if (menu && event.relatedTarget && !menu.contains(event.relatedTarget)) menu.open = false;
});
