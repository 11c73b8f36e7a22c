// The differences of a finding: unified or side by side, coloured, with what differs in a line marked.
function diffOf(finding) {
  const known = linesOf(finding.p);
  return (finding.h || []).map((hunk) => hunkNode(Math.max(0, hunk[0][0] - CONTEXT) + 1, rowsOf(finding.p, hunk, known)));
}

function hunkNode(start, rows) {
  const body = el("tbody"), table = el("table", "", body);
  let old = start, fresh = start;
  const cells = rows.map((row) => ({ row, old: row.sign === "+" ? "" : old++, fresh: row.sign === "-" ? "" : fresh++ }));
  if (view.side) sideBySide(cells, body);
  else for (const c of cells) body.append(el("tr", kind(c.row), number(c.old), number(c.fresh), el("td", "sg", c.row.sign.trim()), code(c.row)));
  table.setAttribute("aria-label", "Difference");
  const box = el("div", "diff", table);
  box.tabIndex = 0;
  box.setAttribute("role", "region");
  box.setAttribute("aria-label", "Difference");
  return box;
}

function sideBySide(cells, body) {
  for (let i = 0; i < cells.length;) {
    if (cells[i].row.sign === " ") { pair(cells[i], cells[i], body); i++; continue; }
    const old = [], fresh = [];
    while (i < cells.length && cells[i].row.sign === "-") old.push(cells[i++]);
    while (i < cells.length && cells[i].row.sign === "+") fresh.push(cells[i++]);
    for (let k = 0; k < Math.max(old.length, fresh.length); k++) pair(old[k], fresh[k], body);
  }
}

function pair(left, right, body) {
  const side = (c, n) => c ? [number(n), code(c.row, kind(c.row))] : [number(""), el("td", "nil")];
  body.append(el("tr", "", ...side(left, left && left.old), ...side(right, right && right.fresh)));
}

const kind = (row) => ({ "-": "del", "+": "add" }[row.sign] || "");
const number = (n) => el("td", "no", String(n));

function code({ text, runs, marks }, cls) {
  const pre = el("pre"), cuts = new Set([0, text.length, ...marks, ...runs.flatMap(([from, to]) => [from, to])]);
  const points = [...cuts].sort((x, y) => x - y);
  for (let i = 0; i + 1 < points.length; i++) {
    const [from, to] = [points[i], points[i + 1]];
    const run = runs.find(([s, e]) => s <= from && from < e);
    let marked = false;
    for (let m = 0; m < marks.length; m += 2) marked = marked || (marks[m] <= from && from < marks[m + 1]);
    pre.append(el(marked ? "mark" : "span", run ? `h${run[2]}` : "", text.slice(from, to)));
  }
  return el("td", cls || "", pre);
}
