// Views, filters, keys and deep links.
function show(name) {
  for (const part of ["summary", "changes"]) {
    $(part).hidden = part !== name;
    $(`tab-${part}`).setAttribute("aria-pressed", String(part === name));
  }
  document.documentElement.style.setProperty("--head", `${document.querySelector(".top").offsetHeight}px`);
  if (name === "changes") { select(view.at, true); $("list").focus({ preventScroll: true }); }
}

function goTo(print) {
  const index = byPrint.get(print);
  if (index === undefined) return false;
  const group = data.groups.find((g) => g.members.includes(index));
  clearFilters();
  view.open.add(group.id);
  rebuild();
  view.at = view.rows.findIndex((row) => row.member === index);
  show("changes");
  select(view.at);
  return true;
}

function follow() {
  const [, what, id] = location.hash.match(/^#(change|group|find)\/(.+)$/) || [];
  if (what === "change") return goTo(id);
  if (what === "find") {
    clearFilters();
    for (const [key, value] of new URLSearchParams(id)) if (key in filters) setFilter(key, value);
    rebuild();
    view.at = 0;
    show("changes");
    return true;
  }
  if (what === "group" && data.groups.some((g) => g.id === id)) {
    clearFilters();
    view.at = view.rows.findIndex((row) => row.members && row.group.id === id);
    show("changes");
    return true;
  }
  return false;
}

function fill(id, label, values) {
  const names = [...new Set(values)].filter(Boolean).sort();
  $(id).replaceChildren(new Option(label, ""), ...names.map((name) => new Option(name, name)));
}

const inputOf = (key) => $(key === "q" ? "q" : `f-${key}`);
function setFilter(key, value) {
  inputOf(key).value = value;
  filters[key] = key === "q" || key === "p" ? value.toLowerCase() : value;
}

function clearFilters() {
  for (const key of Object.keys(filters)) setFilter(key, "");
  view.sample = null;
  rebuild();
}

const KEYS = {
  j: () => select(view.at + 1), k: () => select(view.at - 1), ArrowDown: () => select(view.at + 1), ArrowUp: () => select(view.at - 1),
  Enter: () => view.rows[view.at] && toggle(view.rows[view.at].group.id),
  a: () => ruleOn("accept"), r: () => ruleOn("reject"), u: () => ruleOn(""), z: undo, d: flip,
  s: () => view.rows[view.at] && sample(view.sample ? null : view.rows[view.at].group),
  "/": () => $("q").focus(), "?": () => $("help").showModal(),
};

function ruleOn(made) {
  const row = view.rows[view.at];
  if (!row) return;
  if (row.members) { decideGroup(row, made); return; }
  decide([row.member], made);
  select(view.at + 1);
}

function onKey(event) {
  if (event.ctrlKey || event.metaKey || event.altKey || $("help").open) return;
  if (event.target.matches("input,select")) { if (event.key === "Escape") $("list").focus(); return; }
  if (event.key === "Enter" && event.target.matches("button,summary")) return;
  if ($("changes").hidden && event.key !== "?") { if ("jk/".includes(event.key)) { event.preventDefault(); show("changes"); } return; }
  const act = KEYS[event.key];
  if (act) { event.preventDefault(); act(); }
}

function theme(name) {
  document.documentElement.dataset.theme = name;
  try { localStorage.setItem("ssot-migrate theme", name); } catch { /* private mode */ }
}

async function main() {
  let chosen = matchMedia("(prefers-color-scheme: dark)").matches ? "dark" : "light";
  try { chosen = localStorage.getItem("ssot-migrate theme") || chosen; } catch { /* private mode */ }
  document.documentElement.dataset.theme = chosen;
  await unpack();
  recall();
  fill("f-sv", "All services", data.findings.map((f) => f.sv));
  fill("f-r", "All rules", data.findings.map((f) => f.r));
  fill("f-sa", "Any safety", data.findings.map((f) => f.sa));
  fill("f-st", "Any state", data.findings.map((f) => f.st));
  fill("f-d", "Decided or not", ["accept", "reject", "quarantine", "none"]);
  for (const key of Object.keys(filters)) {
    inputOf(key).addEventListener("input", (event) => {
      setFilter(key, event.target.value);
      view.at = 0;
      $("list").scrollTop = 0;
      refresh();
      history.replaceState(null, "", `#find/${new URLSearchParams(Object.entries(filters).filter(([, value]) => value))}`);
    });
  }
  $("filters").addEventListener("submit", (event) => event.preventDefault());
  $("clear").addEventListener("click", () => { clearFilters(); select(0); });
  $("list").addEventListener("scroll", () => requestAnimationFrame(drawRows), { passive: true });
  for (const part of ["summary", "changes"]) $(`tab-${part}`).addEventListener("click", () => { history.replaceState(null, "", "#"); show(part); });
  $("theme").addEventListener("click", () => theme(document.documentElement.dataset.theme === "dark" ? "light" : "dark"));
  $("keys").addEventListener("click", () => $("help").showModal());
  $("download").addEventListener("click", download);
  $("download").hidden = Boolean(data.token);
  document.addEventListener("keydown", onKey);
  addEventListener("resize", () => { if (!$("changes").hidden) show("changes"); });
  for (const node of document.querySelectorAll("[data-go]")) node.addEventListener("click", () => { location.hash = node.dataset.go; });
  addEventListener("hashchange", follow);
  addEventListener("beforeprint", fillPrint);
  addEventListener("afterprint", () => $("printed").replaceChildren());
  rebuild();
  if (!follow()) show("summary");
  document.documentElement.dataset.ready = "1";
}

main();
