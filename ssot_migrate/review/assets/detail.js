// The selected change or group: diff, reason, rule, and what can be decided.
function drawDetail() {
  const pane = $("detail"), row = view.rows[view.at];
  if (!row) { pane.replaceChildren(el("p", "empty", "Nothing is selected.")); return; }
  pane.replaceChildren(...(row.members ? groupParts(row) : changeParts(data.findings[row.member], row)));
  pane.scrollTop = 0;
}

function groupParts(row) {
  const g = row.group, exemplar = data.findings[g.exemplar];
  const counts = {};
  for (const m of row.members) { const key = ruling(data.findings[m]) || "undecided"; counts[key] = (counts[key] || 0) + 1; }
  const parts = [el("h2", "", `${plural(row.size, "finding")} of one kind`),
    el("div", "meta", badge(g.r), badge(g.k), ...Object.entries(counts).map(([k, n]) => badge(`${k} ${n}`, k)))];
  if (g.shape) parts.push(groupActions(row));
  const odd = Object.entries(g.outliers);
  if (odd.length) {
    const items = odd.slice(0, 50).map(([m, why]) => el("li", "", link(data.findings[m]), ` ${why}`));
    parts.push(el("h3", "", plural(odd.length, "outlier")), el("ul", "outliers", ...items));
    if (odd.length > 50) parts.push(el("p", "hint", `… and ${odd.length - 50} more; they bear a badge in the list.`));
  }
  parts.push(el("h3", "", g.shape ? "One of them" : "The first of them"), ...changeBody(exemplar, "h4"));
  return parts;
}

function groupActions(row) {
  const all = row.members, every = (r) => () => decide(all, r);
  return el("div", "actions",
    button(`Accept all ${all.length.toLocaleString("en")}`, "yes", every("accept")),
    button("Reject all", "no", every("reject")), button("Undecide all", "", every("")),
    view.sample ? button("End of sample", "", () => sample(null)) : button("Sample 20", "", () => sample(row.group)));
}

function changeParts(f, row) {
  const odd = row.group.outliers[row.member];
  const parts = changeBody(f, "h2");
  if (odd) parts.splice(2, 0, el("p", "why", el("strong", "", "Outlier: "), odd));
  return parts;
}

function changeBody(f, heading) {
  const made = data.decisions[f.f] || ["", ""];
  const parts = [el(heading, "place mono", link(f), f.c ? `  ${f.c}` : ""),
    el("div", "meta", badge(f.st, f.st), badge(`safety: ${f.sa}`), badge(f.r), badge(f.k), badge(f.sv || "no service"),
      ...(made[0] ? [badge(made[0], made[0])] : [])),
    el("p", "why", f.m)];
  if (f.h) parts.push(changeActions(f, made), el("div", "", ...f.h.map((hunk) => hunkNode(hunk))));
  if (f.x) parts.push(el("h3", "", "What the tests said"), el("pre", "output", f.x));
  if (data.help[f.r]) {
    const rule = data.rules[f.r];
    parts.push(el("details", "", el("summary", "", `Why this rule: ${rule[0]} ${rule[1]}`), el("pre", "", data.help[f.r])));
  }
  return parts;
}

function changeActions(f, made) {
  const reason = el("input");
  reason.value = made[1];
  reason.placeholder = "Reason (kept with the decision)";
  reason.setAttribute("aria-label", "Reason of the decision");
  reason.addEventListener("change", () => { if (ruling(f)) decide([byPrint.get(f.f)], ruling(f), reason.value); });
  const one = (label, cls, r) => {
    const node = button(label, cls, () => decide([byPrint.get(f.f)], r, reason.value));
    node.setAttribute("aria-pressed", String(made[0] === r));
    return node;
  };
  return el("div", "actions", one("Accept (a)", "yes", "accept"), one("Reject (r)", "no", "reject"),
    button("Undecided (u)", "", () => decide([byPrint.get(f.f)], "")), button(view.side ? "Unified (d)" : "Side by side (d)", "", flip), reason);
}

const badge = (text, cls) => el("span", `badge ${cls || ""}`, text);
const link = (f) => button(`${f.p}:${f.l}`, "link", () => goTo(f.f));
function flip() { view.side = !view.side; drawDetail(); }

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
