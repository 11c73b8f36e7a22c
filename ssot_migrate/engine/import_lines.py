"""Imports of a file that nothing else calls to parse, read from its lines.

Lines of the module, and of the first level of indentation: there ``try`` and ``if`` hold
imports of the module, too. A line inside a function or a string counts as well: the import
graph may have an edge too many rather than one too few.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import chain

from ssot_migrate.index.scan import ImportFact
from ssot_migrate.languages.decoding import BOM
from ssot_migrate.languages.python import package_name
from ssot_migrate.languages.scopes import absolute

_REST = rb"[^\n\\]*(?:\\\r?\n[^\n\\]*)*"
_FROM = rb"from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]*(\([^)]*\)|" + _REST + rb")"
_IMPORT = rb"import[ \t]+(" + _REST + rb")"
_STATEMENT = re.compile(rb"(    |\t|; |)(?:" + _FROM + b"|" + _IMPORT + b")")
_NAME = re.compile(r"[\w.]+|\*")
_COMMENT = re.compile(rb"#[^\n]*")
_NAMES_OF_FROM, _NAMES = 4, 5  # groups of a statement, behind what stands before it, dots and module
_KINDS = [(start, names) for names in (_NAMES_OF_FROM, _NAMES) for start in (b"", b"    ", b"\t", b"; ")]


def import_lines(path: str, data: bytes) -> tuple[ImportFact, ...]:
    """What the import lines of a Python file bind."""
    found: dict[tuple[bytes, int | None], list[tuple[ImportFact, ...]]] = {}
    ends: dict[tuple[bytes, int | None], int] = {}
    text = data.removeprefix(BOM)
    for start in _openings(text):
        if statement := _STATEMENT.match(text, start):
            kind = statement[1], statement.lastindex
            if ends.get(kind, 0) <= start:
                ends[kind] = statement.end()
                found.setdefault(kind, []).append(
                    _facts(statement[0], package_name(path) if statement[2] else "")
                )
    facts = (each for kind in _KINDS if kind in found for each in found[kind])
    return tuple(dict.fromkeys(chain.from_iterable(facts)))


@lru_cache(maxsize=4096)
def _facts(code: bytes, package: str) -> tuple[ImportFact, ...]:
    """What one statement binds; most files import much the same, in the same words."""
    statement = _STATEMENT.match(code)
    assert statement is not None
    if statement.lastindex == _NAMES:
        return tuple(_of_plain(statement[_NAMES]))
    dots, module, names = statement.group(2, 3, _NAMES_OF_FROM)
    home = absolute(module.decode("utf-8", "replace") or None, len(dots), package)
    return tuple(ImportFact(local, f"{home}.{name}", relative=bool(dots)) for name, local in _names(names))


def _openings(text: bytes) -> Iterator[int]:
    """Where statements may open: lines in which ``import`` stands, which is quickly found, and semicolons."""
    last, position = -1, text.find(b"import")
    while position >= 0:
        line = text.rfind(b"\n", 0, position) + 1
        if line != last:
            yield line
        chained = text.rfind(b"; ", line, position)
        if chained >= 0:
            yield chained
        last, position = line, text.find(b"import", position + 6)


def _of_plain(names: bytes) -> Iterator[ImportFact]:
    for name, local in _names(names):
        top = name.partition(".")[0]
        yield ImportFact(local, name) if local != name else ImportFact(top, top)
        if local == name != top:
            yield ImportFact("", name)


def _names(text: bytes) -> Iterator[tuple[str, str]]:
    """Pairs of name and local name in a list of imported names."""
    plain = _COMMENT.sub(b"", text) if b"#" in text else text
    plain = plain.replace(b"\\", b" ").strip(b"() \t\r\n").split(b";")[0]
    for part in plain.decode("utf-8", "replace").split(","):
        if (name := part.strip()).isidentifier():
            yield name, name
            continue
        words = part.split()
        if words and _NAME.fullmatch(words[0]):
            yield words[0], words[2] if len(words) == 3 and words[1] == "as" else words[0]
