// The rows of a hunk: sign, text, coloured runs, and the pieces that differ in lines that are replaced one by one.
const CONTEXT = 3, MANY = 60;

const byPath = new Map();
function linesOf(path) {
  if (!byPath.has(path)) {
    const runs = data.lines[path] || [];
    byPath.set(path, new Map(runs.flatMap(([first, texts]) => texts.map((text, i) => [first + i, text]))));
  }
  return byPath.get(path);
}

function rowsOf(path, hunk, known) {
  const rows = [], add = (sign, texts, marks = []) => texts.forEach((text, i) => rows.push({ sign, text, marks: marks[i] || [] }));
  const between = (first, last) => Array.from({ length: last - first }, (_, i) => known.get(first + i)).filter((text) => text !== undefined);
  const hidden = (count) => count ? [`… ${count} more lines`] : [];
  let at = Math.max(0, hunk[0][0] - CONTEXT);
  for (const [first, last, fresh, more] of hunk) {
    add(" ", between(at, first));
    const told = between(first, Math.min(last, first + MANY));
    const old = [...told, ...hidden(last - first - told.length)], now = [...fresh, ...hidden(more)];
    const marks = old.length === now.length ? old.map((text, i) => differences(text, now[i])) : [];
    add("-", old, marks.map((pair) => pair[0]));
    add("+", now, marks.map((pair) => pair[1]));
    at = last;
  }
  add(" ", between(at, at + CONTEXT));
  for (const sign of ["+", "-"]) {
    const side = rows.filter((row) => row.sign === " " || row.sign === sign);
    coloured(side.map((row) => row.text), path).forEach((runs, i) => { side[i].runs = runs; });
  }
  return rows;
}

// Start and end of the pieces of two lines that differ, by words.
function differences(before, after) {
  const split = (text) => text.match(/[\p{L}\p{N}_]+|\s+|./gsu) || [];
  const left = split(before), right = split(after), marks = [[], []];
  let head = 0, tail = 0;
  while (head < Math.min(left.length, right.length) && left[head] === right[head]) head++;
  while (tail < Math.min(left.length, right.length) - head && left.at(-1 - tail) === right.at(-1 - tail)) tail++;
  const place = (list, index) => list.slice(0, index).join("").length;
  for (const [from, to, start, end] of parted(left, right, head, left.length - tail, head, right.length - tail)) {
    if (from < to) marks[0].push(place(left, from), place(left, to));
    if (start < end) marks[1].push(place(right, start), place(right, end));
  }
  return marks;
}

// Ranges that differ, around the longest run of words in common: a bracket in common parts nothing.
function parted(left, right, from, to, start, end) {
  const isName = (word) => /^[\p{L}_]/u.test(word);
  let best = [0, 0, 0];
  for (let i = from; i < to; i++) {
    for (let k = start; k < end; k++) {
      let n = 0;
      while (i + n < to && k + n < end && left[i + n] === right[k + n]) n++;
      if (n > best[2] && left.slice(i, i + n).some(isName)) best = [i, k, n];
    }
  }
  const [i, k, n] = best;
  if (!n) return from < to || start < end ? [[from, to, start, end]] : [];
  return [...parted(left, right, from, i, start, k), ...parted(left, right, i + n, to, k + n, end)];
}
