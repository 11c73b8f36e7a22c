// Light or dark as the reader has it, and rows narrowed by words and by state. Without it the page shows all.
const $ = (id) => document.getElementById(id);
const root = document.documentElement;
const rows = [...document.querySelectorAll("#units tbody tr")].map((row) => [row, row.textContent.toLowerCase()]);
const tiles = [...document.querySelectorAll("button.tile")];
let state = "";

function narrow() {
  const words = $("filter").value.toLowerCase().split(/\s+/).filter(Boolean);
  let count = 0;
  for (const [row, text] of rows) {
    row.hidden = Boolean(state && row.dataset.state !== state) || !words.every((word) => text.includes(word));
    count += !row.hidden;
  }
  for (const tile of tiles) tile.setAttribute("aria-pressed", String(tile.dataset.state === state));
  $("count").textContent = `${count} of ${rows.length}`;
}

function toggle(wanted) {
  state = state === wanted ? "" : wanted;
  narrow();
}

function onKey(event) {
  if (event.key === "/" && event.target !== $("filter")) {
    event.preventDefault();
    $("filter").focus();
  } else if (event.key === "Escape") {
    $("filter").value = "";
    toggle(state);
  }
}

root.dataset.theme = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
$("theme").addEventListener("click", () => { root.dataset.theme = root.dataset.theme === "dark" ? "light" : "dark"; });
$("filter").addEventListener("input", narrow);
for (const tile of tiles) tile.addEventListener("click", () => toggle(tile.dataset.state));
document.addEventListener("keydown", onKey);
narrow();
root.dataset.ready = "1";
