// Decisions: kept in this browser, or in the reviewer's file where the page is served.
const past = [];
async function decide(members, made, reason = "") {
  const changed = {};
  for (const m of members) if (data.findings[m].h) changed[data.findings[m].f] = [made, reason];
  past.push(Object.fromEntries(Object.keys(changed).map((print) => [print, data.decisions[print] || ["", ""]])));
  await put(changed);
}

// A whole group: what was decided one by one stays, and so does what the tests set aside.
const decideGroup = (row, made) => decide(row.members.filter((m) => {
  const there = ruling(data.findings[m]);
  return made ? !there : there && there !== "quarantine";
}), made);

async function undo() { if (past.length) await put(past.pop()); }

async function put(changed) {
  for (const [print, [made, reason]] of Object.entries(changed)) {
    if (made) data.decisions[print] = [made, reason];
    else delete data.decisions[print];
  }
  refresh();
  await keep(changed);
}

async function keep(changed) {
  const count = Object.keys(data.decisions).length;
  if (!data.token) {
    try { localStorage.setItem(`ssot-migrate ${data.plan}`, JSON.stringify(data.decisions)); } catch { /* private mode */ }
    $("saved").textContent = `${plural(count, "decision")}, in this browser only`;
    return;
  }
  $("saved").textContent = "saving…";
  try {
    const answer = await fetch("decisions", { method: "POST", headers: { "X-Token": data.token, "Content-Type": "application/json" }, body: JSON.stringify(changed) });
    const said = await answer.json();
    $("saved").textContent = answer.ok ? `${plural(said.kept, "decision")} saved in ${said.file}` : `not saved: ${said.message}`;
  } catch (error) { $("saved").textContent = `not saved: the server is gone (${error.message})`; }
}

function recall() {
  if (data.token) return;
  try {
    const kept = JSON.parse(localStorage.getItem(`ssot-migrate ${data.plan}`) || "{}");
    for (const [print, made] of Object.entries(kept)) if (byPrint.has(print)) data.decisions[print] = made;
  } catch { /* nothing that we wrote */ }
}

const coded = (text) => text.replace(/[%\s\p{C}]/gu, (c) => encodeURIComponent(c));
function decisionLines() {
  const lines = Object.entries(data.decisions).filter(([print]) => byPrint.has(print)).map(([print, [made, reason]]) => {
    const f = data.findings[byPrint.get(print)];
    return `${made} ${print} ${f.r} ${coded(f.p)} ${coded(f.c) || "-"} ${reason.replace(/\s+/g, " ")}`.trim();
  });
  return `# Decisions on findings of ssot-migrate.\n${lines.join("\n")}\n`;
}

function download() {
  const anchor = el("a");
  anchor.href = `data:text/plain;charset=utf-8,${encodeURIComponent(decisionLines())}`;
  anchor.download = "ssot-decisions.txt";
  anchor.click();
}

function sample(group) {
  view.sample = null;
  if (group) {
    const rest = group.members.filter((m) => passes(data.findings[m])), chosen = [];
    while (rest.length && chosen.length < 20) chosen.push(...rest.splice(Math.floor(Math.random() * rest.length), 1));
    view.sample = { id: group.id, members: chosen.sort((a, b) => a - b) };
  }
  view.at = 0;
  $("list").scrollTop = 0;
  refresh();
}
