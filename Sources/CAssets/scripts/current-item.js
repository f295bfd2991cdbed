// On narrow screens the navigation and the tabs scroll sideways: brings the current item into sight.
for (const item of document.querySelectorAll(".sections [aria-current], .tabs [aria-current]")) {
  const strip = item.closest("ul, .tabs");
  strip.scrollLeft = item.offsetLeft - strip.offsetLeft - (strip.clientWidth - item.offsetWidth) / 2;
}
