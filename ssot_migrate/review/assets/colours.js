// Syntax colours of what is shown: k a keyword, s a string, c a comment, n a number, f a definition, d a decorator, b a builtin.
const words = (text) => new Set(text.split(" "));
const KEYWORDS = words("False None True and as assert async await break class continue def del elif else except finally for from global if import in is lambda nonlocal not or pass raise return try while with yield");
const BUILTINS = words("self cls __name__ __file__ __class__ NotImplemented Ellipsis abs all any ascii bin bool bytearray bytes callable chr classmethod compile complex delattr dict dir divmod enumerate eval exec filter float format frozenset getattr globals hasattr hash hex id input int isinstance issubclass iter len list locals map max memoryview min next object oct open ord pow print property range repr reversed round set setattr slice sorted staticmethod str sum super tuple type vars zip __import__");
const PYTHON = /(?<c>#[^\n]*)|(?<s>[rbuf]{0,2}(?:"""(?:\\[^]|(?!""")[^])*(?:"""|$(?![^]))|'''(?:\\[^]|(?!''')[^])*(?:'''|$(?![^]))|"(?:\\.|[^"\\\n])*"?|'(?:\\.|[^'\\\n])*'?))|(?<d>(?<=^[ \t]*)@[\w.]+)|(?<n>\b\d(?:[\w.]|(?<=e)[-+])*)|(?<f>(?<=\b(?:def|class)[ \t]+)[\p{L}_][\p{L}\p{N}_]*)|(?<w>(?<![.\p{L}\p{N}_])[\p{L}_][\p{L}\p{N}_]*)/gimu;
const OTHER = /(?<c>(?<=^|\s)#[^\n]*)|(?<s>"(?:\\.|[^"\\\n])*"|'[^'\n]*')|(?<n>(?<![\w.-])\d[\w.]*\b)/gmu;
const PROSE = /\.(md|markdown|rst|txt)$/i;

// By line the coloured runs of a fragment of a file: start, end and letter.
function coloured(texts, path) {
  const found = texts.map(() => []), python = /\.pyi?$/i.test(path);
  if (PROSE.test(path)) return found;
  let line = 0, start = 0;
  for (const match of texts.join("\n").matchAll(python ? PYTHON : OTHER)) {
    const letter = letterOf(match.groups);
    if (!letter) continue;
    let at = match.index;
    for (const part of match[0].split("\n")) {
      while (at > start + texts[line].length) start += texts[line++].length + 1;
      found[line].push([at - start, at - start + part.length, letter]);
      at += part.length + 1;
    }
  }
  return found;
}

function letterOf({ w: word, ...groups }) {
  if (word === undefined) return Object.keys(groups).find((name) => groups[name] !== undefined);
  return KEYWORDS.has(word) ? "k" : BUILTINS.has(word) ? "b" : "";
}
