// On paper: of each group that the filters leave, its shape and one change, the largest first.
const PRINTED = 40;
function fillPrint() {
  const side = view.side, rows = view.rows.filter((row) => row.members && row.group.shape);
  view.side = false;
  const parts = rows.slice(0, PRINTED).map((row) => {
    const f = data.findings[row.group.exemplar], odd = Object.keys(row.group.outliers).length;
    return el("section", "sheet",
      el("h3", "", `${plural(row.size, "change")}: ${row.group.r}, ${row.group.k}${odd ? `, ${plural(odd, "outlier")}` : ""}`),
      el("p", "place mono", `${f.p}:${f.l}`), el("p", "why", f.m), ...diffOf(f));
  });
  if (rows.length > PRINTED) parts.push(el("p", "hint", `… and ${plural(rows.length - PRINTED, "smaller group")}, on the screen.`));
  $("printed").replaceChildren(el("h2", "", "One change of each shape"), ...parts);
  view.side = side;
}
