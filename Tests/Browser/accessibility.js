() => {
  const faults = [];
  const describe = (element) => element.outerHTML.replace(/\s+/g, " ").slice(0, 160);
  const fault = (rule, element) => faults.push(`${rule}: ${describe(element)}`);
  const isShown = (element) => element.checkVisibility({ visibilityProperty: true, opacityProperty: true });
  const all = (selector) => [...document.querySelectorAll(selector)].filter(isShown);

  const text = (ids) => ids.split(/\s+/).map((id) => document.getElementById(id)?.textContent ?? "").join(" ").trim();
  const name = (element) =>
    (element.getAttribute("aria-labelledby") && text(element.getAttribute("aria-labelledby"))) ||
    element.getAttribute("aria-label") || [...(element.labels ?? [])].map((label) => label.textContent.trim()).join(" ") ||
    element.textContent.trim() || element.getAttribute("title") || element.querySelector("img[alt]")?.alt || "";

  // 4.1.2 Name, Role, Value; 1.3.1 Info and Relationships
  for (const element of all("a[href], button, summary, [role=button], [role=tab]")) {
    if (!name(element)) fault("no name", element);
  }
  for (const element of all("input:not([type=hidden]), select, textarea")) {
    if (!element.labels?.length && !element.getAttribute("aria-label") && !element.getAttribute("aria-labelledby")) {
      fault("no label", element);
    }
  }
  for (const element of document.querySelectorAll("img:not([alt])")) fault("no alt", element);
  for (const element of document.querySelectorAll("svg:not([aria-hidden], [role=img])")) fault("svg without role", element);

  const ids = new Map();
  for (const element of document.querySelectorAll("[id]")) {
    if (ids.has(element.id)) fault("id twice", element);
    ids.set(element.id, element);
  }
  // aria-describedby may name a hint that is not there now; labels must be.
  for (const element of document.querySelectorAll("label[for]")) {
    if (!document.getElementById(element.htmlFor)) fault("label of nothing", element);
  }

  // 1.3.1, 2.4.6 Headings; 2.4.2 Page Titled; 3.1.1 Language of Page
  if (!document.documentElement.lang) fault("no lang", document.documentElement);
  if (!document.title.trim()) fault("no title", document.head);
  if (all("h1").length !== 1) faults.push(`one h1, not ${all("h1").length}`);
  let level = 0;
  for (const heading of all("h1, h2, h3, h4, h5, h6")) {
    const own = Number(heading.tagName[1]);
    if (own > level + 1) fault("heading level skipped", heading);
    level = own;
  }
  if (all("main").length !== 1) faults.push("one main");
  for (const table of all("table")) if (!table.querySelector("th")) fault("table without th", table);

  // 2.5.8 Target Size (Minimum): 24 px, but for links in sentences
  for (const element of all("button, summary, select, input:not([type=hidden]), a[class], nav a")) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || element.closest("p, td, label, dd, li > h2")) continue;
    const isChoice = element.matches("[type=checkbox], [type=radio]") && element.labels?.length;
    if (!isChoice && (box.height < 23.5 || box.width < 23.5)) fault(`target ${Math.round(box.width)}x${Math.round(box.height)}`, element);
  }

  // 1.4.10 Reflow: nothing is wider than the page, but what scrolls by itself
  const page = document.documentElement;
  if (page.scrollWidth > page.clientWidth + 1) {
    faults.push(`wider than the page: ${page.scrollWidth} of ${page.clientWidth}`);
    for (const element of document.querySelectorAll("main *")) {
      if (element.getBoundingClientRect().right > page.clientWidth + 1) { fault("sticks out", element); break; }
    }
  }

  // 1.4.3 Contrast (Minimum)
  const canvas = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
  const colour = (css) => {
    canvas.clearRect(0, 0, 1, 1);
    canvas.fillStyle = css;
    canvas.fillRect(0, 0, 1, 1);
    const [red, green, blue, alpha] = canvas.getImageData(0, 0, 1, 1).data;
    return [red, green, blue, alpha / 255];
  };
  const over = (top, bottom) => [0, 1, 2].map((i) => top[i] * top[3] + bottom[i] * (1 - top[3])).concat(1);
  const ground = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.push(colour(getComputedStyle(at).backgroundColor));
    const page = matchMedia("(prefers-color-scheme: dark)").matches ? [0, 0, 0, 1] : [255, 255, 255, 1];
    return layers.reverse().reduce((below, layer) => over(layer, below), page);
  };
  const light = ([red, green, blue]) => {
    const [r, g, b] = [red, green, blue].map((part) => {
      const value = part / 255;
      return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
    });
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const seen = new Set();
  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    if (!walker.currentNode.textContent.trim() || seen.has(element) || !isShown(element)) continue;
    seen.add(element);
    if (element.closest("[disabled], [aria-disabled=true], .visually-hidden, .skip-link, option, script, style, svg")) continue;
    const style = getComputedStyle(element);
    const back = ground(element);
    const [a, b] = [light(over(colour(style.color), back)), light(back)];
    const ratio = (Math.max(a, b) + 0.05) / (Math.min(a, b) + 0.05);
    const size = parseFloat(style.fontSize);
    const needed = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    if (ratio < needed) fault(`contrast ${ratio.toFixed(2)}`, element);
  }
  return faults;
}
