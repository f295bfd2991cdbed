// <time datetime>: keeps "3 minutes ago" true while a page stays open.
const steps = [[60, "second"], [60, "minute"], [24, "hour"], [30, "day"], [12, "month"], [Infinity, "year"]];

function relative(time) {
  let amount = Math.round((Date.now() - Date.parse(time.dateTime)) / 1000);
  if (amount < 45) return "just now";
  for (const [size, unit] of steps) {
    if (amount < size) return `${amount} ${unit}${amount === 1 ? "" : "s"} ago`;
    amount = Math.round(amount / size);
  }
}

setInterval(() => {
  for (const time of document.querySelectorAll("time[datetime]")) {
    if (/ago$|just now/.test(time.textContent)) time.textContent = relative(time);
  }
}, 30_000);
