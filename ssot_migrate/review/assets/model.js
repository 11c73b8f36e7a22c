"use strict";
// The page's data and state. Foreign text enters the document as text nodes only.
const $ = (id) => document.getElementById(id);
const el = (tag, cls, ...kids) => {
  const node = document.createElement(tag);
  if (cls) node.className = cls;
  for (const kid of kids) node.append(kid);
  return node;
};
const button = (label, cls, act) => {
  const node = el("button", cls, label);
  node.type = "button";
  node.addEventListener("click", act);
  return node;
};
const plural = (n, noun) => `${n.toLocaleString("en")} ${noun}${n === 1 ? "" : "s"}`;
const TOP = 46;
let data = null, byPrint = null;
const view = { rows: [], at: 0, open: new Set(), sample: null, side: false };
const filters = { q: "", p: "", sv: "", r: "", sa: "", st: "", d: "" };
const NAMES = { accept: "accepted", reject: "rejected", quarantine: "quarantined" };

async function unpack() {
  const raw = Uint8Array.from(atob($("data").textContent), (c) => c.charCodeAt(0));
  const stream = new Blob([raw]).stream().pipeThrough(new DecompressionStream("gzip"));
  data = await new Response(stream).json();
  byPrint = new Map(data.findings.map((finding, index) => [finding.f, index]));
  data.findings.forEach((f) => { f.text = `${f.p} ${f.c} ${f.m} ${f.k}`.toLowerCase(); });
  $("data").remove();
}

const ruling = (finding) => (data.decisions[finding.f] || [""])[0];
const shapeText = (group) => (group.shape === undefined ? group.reason : group.shape) || "no reason";

function passes(f) {
  return (!filters.sv || f.sv === filters.sv) && (!filters.r || f.r === filters.r) &&
    (!filters.sa || f.sa === filters.sa) && (!filters.st || f.st === filters.st) &&
    (!filters.d || (ruling(f) || "none") === filters.d) && (!filters.p || inPath(f.p)) && (!filters.q || f.text.includes(filters.q));
}

// A part of a path, or a glob of all of it: * stays in a folder, ** does not.
function inPath(path) {
  if (!filters.p.includes("*")) return path.toLowerCase().includes(filters.p);
  if (inPath.of !== filters.p) {
    const parts = filters.p.split(/(\*+)/).map((part, i) => i % 2 ? (part.length > 1 ? ".*" : "[^/]*") : part.replace(/[\\^$.+?()[\]{}|]/g, "\\$&"));
    inPath.of = filters.p;
    inPath.glob = new RegExp(`^${parts.join("")}$`, "i");
  }
  return inPath.glob.test(path);
}

function rebuild() {
  const rows = [];
  let count = 0;
  for (const group of data.groups) {
    const sampled = view.sample && view.sample.id === group.id ? view.sample.members : null;
    const members = (sampled || group.members).filter((m) => passes(data.findings[m]));
    if (!members.length || (view.sample && !sampled)) continue;
    count += members.length;
    rows.push({ group, members, size: members.length });
    if (view.open.has(group.id) || sampled) {
      members.forEach((m, i) => rows.push({ group, member: m, pos: i + 1, size: members.length }));
    }
  }
  view.rows = rows;
  view.at = Math.max(0, Math.min(view.at, rows.length - 1));
  const held = data.findings.filter((f) => f.st === "held"), open = held.filter((f) => f.h && !ruling(f)).length;
  $("count").textContent = `${plural(count, "finding")} in ${plural(rows.filter((r) => r.members).length, "group")}` +
    (view.sample ? " (sample)" : "") + (held.length ? ` · ${open.toLocaleString("en")} of ${held.length.toLocaleString("en")} held undecided` : "");
}
