// The selected change or group: diff, reason, rule, and what can be decided.
function drawDetail() {
  const pane = $("detail"), row = view.rows[view.at];
  if (!row) { pane.replaceChildren(el("p", "empty", "Nothing is selected.")); return; }
  pane.replaceChildren(...(row.members ? groupParts(row) : changeParts(data.findings[row.member], row)));
  pane.scrollTop = 0;
}

const tally = (members, key) => {
  const counts = {};
  for (const m of members) { const name = key(data.findings[m]); if (name) counts[name] = (counts[name] || 0) + 1; }
  return Object.entries(counts).map(([name, n]) => badge(`${n.toLocaleString("en")} ${NAMES[name] || name}`, name));
};

function groupParts(row) {
  const g = row.group, exemplar = data.findings[g.exemplar];
  const parts = [el("h2", "", g.shape ? `${plural(row.size, "change")} of one shape` : `${plural(row.size, "finding")} left for one reason`),
    el("div", "meta", badge(g.r), ...(g.shape ? [badge(g.k)] : []), ...tally(row.members, (f) => f.st), ...tally(row.members, ruling)),
    el("p", g.shape ? "why mono" : "why", shapeText(g))];
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
  const open = row.members.filter((m) => !ruling(data.findings[m])).length.toLocaleString("en");
  const every = (r) => () => decideGroup(row, r);
  return el("div", "actions",
    button(`Accept ${open} undecided`, "yes", every("accept")), button(`Reject ${open} undecided`, "no", every("reject")),
    button("Undecide all", "", every("")), button("Undo (z)", "", undo),
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
  if (f.h) parts.push(changeActions(f, made), el("div", "", ...diffOf(f)));
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
    button("Undecided (u)", "", () => decide([byPrint.get(f.f)], "")), button("Undo (z)", "", undo), button(view.side ? "Unified (d)" : "Side by side (d)", "", flip), reason);
}

const badge = (text, cls) => el("span", `badge ${cls || ""}`, text);
const link = (f) => button(`${f.p}:${f.l}`, "link", () => goTo(f.f));
function flip() { view.side = !view.side; drawDetail(); }
