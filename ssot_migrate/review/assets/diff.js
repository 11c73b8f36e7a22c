// One difference: unified or side by side, coloured, with what differs in a line marked.
function hunkNode([start, rows]) {
  const body = el("tbody"), table = el("table", "", body);
  let old = start, fresh = start;
  const cells = rows.map((row) => ({ row, old: row[0] === "+" ? "" : old++, fresh: row[0] === "-" ? "" : fresh++ }));
  if (view.side) sideBySide(cells, body);
  else for (const c of cells) body.append(el("tr", kind(c.row), number(c.old), number(c.fresh), el("td", "sg", c.row[0].trim()), code(c.row)));
  table.setAttribute("aria-label", "Difference");
  const box = el("div", "diff", table);
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", "Difference");
  return box;
}

function sideBySide(cells, body) {
  for (let i = 0; i < cells.length;) {
    if (cells[i].row[0] === " ") { pair(cells[i], cells[i], body); i++; continue; }
    const old = [], fresh = [];
    while (i < cells.length && cells[i].row[0] === "-") old.push(cells[i++]);
    while (i < cells.length && cells[i].row[0] === "+") fresh.push(cells[i++]);
    for (let k = 0; k < Math.max(old.length, fresh.length); k++) pair(old[k], fresh[k], body);
  }
}

function pair(left, right, body) {
  const side = (c, n) => c ? [number(n), code(c.row, kind(c.row))] : [number(""), el("td", "nil")];
  body.append(el("tr", "", ...side(left, left && left.old), ...side(right, right && right.fresh)));
}

const kind = (row) => ({ "-": "del", "+": "add" }[row[0]] || "");
const number = (n) => el("td", "no", String(n));

function code(row, cls) {
  const pre = el("pre"), [, text, runs, marks = []] = row;
  const cuts = new Set([0, text.length, ...marks]), colours = [];
  let at = 0;
  for (const [, letter, length] of (runs || "").matchAll(/([a-z.])(\d+)/g)) {
    colours.push([at, at + Number(length), letter]);
    at += Number(length);
    cuts.add(Math.min(at, text.length));
  }
  const points = [...cuts].filter((p) => p <= text.length).sort((x, y) => x - y);
  for (let i = 0; i + 1 < points.length; i++) {
    const [from, to] = [points[i], points[i + 1]];
    const run = colours.find(([s, e]) => s <= from && from < e);
    let marked = false;
    for (let m = 0; m < marks.length; m += 2) marked = marked || (marks[m] <= from && from < marks[m + 1]);
    pre.append(el(marked ? "mark" : "span", run && run[2] !== "." ? `h${run[2]}` : "", text.slice(from, to)));
  }
  return el("td", cls || "", pre);
}
