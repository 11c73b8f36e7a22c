// The list: only the rows in sight are in the document, whatever their number.
function drawRows() {
  const list = $("list"), space = $("space"), height = list.clientHeight;
  space.style.height = `${view.rows.length * TOP}px`;
  const first = Math.max(0, Math.floor(list.scrollTop / TOP) - 6);
  const last = Math.min(view.rows.length, Math.ceil((list.scrollTop + height) / TOP) + 6);
  const nodes = [];
  for (let i = first; i < last; i++) nodes.push(rowNode(view.rows[i], i));
  space.replaceChildren(...(nodes.length ? nodes : [el("p", "empty", "Nothing matches the filters.")]));
  const chosen = $(`row-${view.at}`);
  if (chosen) list.setAttribute("aria-activedescendant", chosen.id);
  else list.removeAttribute("aria-activedescendant");
}

function rowNode(row, index) {
  const node = row.members ? groupNode(row) : memberNode(row);
  node.id = `row-${index}`;
  node.style.transform = `translateY(${index * TOP}px)`;
  node.setAttribute("role", "treeitem");
  node.setAttribute("aria-selected", String(index === view.at));
  node.addEventListener("click", () => { select(index); if (row.members) toggle(row.group.id); });
  return node;
}

function groupNode(row) {
  const open = view.open.has(row.group.id);
  const odd = Object.keys(row.group.outliers).length, made = new Set(row.members.map((m) => ruling(data.findings[m])));
  const body = el("div", "body", el("div", "t", shapeText(row.group)),
    el("div", "d", `${row.group.r} · ${row.group.k}${odd ? ` · ${plural(odd, "outlier")}` : ""}`));
  const whole = made.size === 1 ? [...made][0] : "";
  const node = el("div", "row group", el("span", "", open ? "▾" : "▸"), body, el("span", `badge ${whole}`, row.size.toLocaleString("en")));
  node.title = shapeText(row.group);
  if (whole) node.setAttribute("aria-description", NAMES[whole]);
  node.setAttribute("aria-level", "1");
  node.setAttribute("aria-expanded", String(open));
  return node;
}

function memberNode(row) {
  const f = data.findings[row.member], made = ruling(f);
  const cut = f.p.lastIndexOf("/") + 1;
  const body = el("div", "body", el("div", "t", `${f.p.slice(cut)}:${f.l}`), el("div", "d", [f.c, f.p.slice(0, cut)].filter(Boolean).join(" · ")));
  const sign = { accept: "✓", reject: "✗", quarantine: "⚠" }[made] || "·";
  const odd = row.group.outliers[row.member];
  const node = el("div", "row member", el("span", "", sign), body,
    el("span", `badge ${made || (odd ? "outlier" : f.st)}`, NAMES[made] || (odd ? "outlier" : f.st)));
  node.title = `${f.p}:${f.l}`;
  node.setAttribute("aria-level", "2");
  node.setAttribute("aria-setsize", String(row.size));
  node.setAttribute("aria-posinset", String(row.pos));
  return node;
}

function select(index, quiet) {
  if (!view.rows.length) { drawRows(); drawDetail(); return; }
  view.at = Math.max(0, Math.min(index, view.rows.length - 1));
  const list = $("list"), top = view.at * TOP;
  if (top < list.scrollTop) list.scrollTop = top;
  if (top + TOP > list.scrollTop + list.clientHeight) list.scrollTop = top + TOP - list.clientHeight;
  drawRows();
  drawDetail();
  if (!quiet) {
    const row = view.rows[view.at];
    history.replaceState(null, "", row.members ? `#group/${row.group.id}` : `#change/${data.findings[row.member].f}`);
  }
}

function toggle(id) {
  if (!view.open.delete(id)) view.open.add(id);
  refresh();
}

function refresh() { rebuild(); select(view.at, true); }
