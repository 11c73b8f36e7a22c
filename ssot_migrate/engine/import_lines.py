"""Imports of a file that nothing else calls to parse, read from its lines.

Lines of the module, and of the first level of indentation: there ``try`` and ``if`` hold
imports of the module, too. A line inside a function or a string counts as well: the import
graph may have an edge too many rather than one too few.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ssot_migrate.index.scan import ImportFact
from ssot_migrate.languages.decoding import BOM
from ssot_migrate.languages.python import package_name
from ssot_migrate.languages.scopes import absolute

_REST = rb"[^\n\\]*(?:\\\r?\n[^\n\\]*)*"
_FROM = rb"from[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]*(\([^)]*\)|" + _REST + rb")"
_IMPORT = rb"import[ \t]+(" + _REST + rb")"
_STATEMENT = re.compile(rb"(    |\t|; |)(?:" + _FROM + b"|" + _IMPORT + b")")
_STARTS = (b"", b"    ", b"\t", b"; ")
_NAME = re.compile(r"[\w.]+|\*")
_COMMENT = re.compile(rb"#[^\n]*")
Statement = re.Match[bytes]
"""What stands before an import statement, dots, module and names of a ``from``, names of an ``import``."""


def import_lines(path: str, data: bytes) -> tuple[ImportFact, ...]:
    """What the import lines of a Python file bind."""
    found = _statements(data.removeprefix(BOM))
    froms = [one for start in _STARTS for one in found.get((start, True), ())]
    plain = [one for start in _STARTS for one in found.get((start, False), ())]
    return tuple(dict.fromkeys((*_from_lines(package_name(path), froms), *_plain_lines(plain))))


def _statements(text: bytes) -> dict[tuple[bytes, bool], list[Statement]]:
    """Import statements by what stands before them, and whether they are a ``from``."""
    found: dict[tuple[bytes, bool], list[Statement]] = {}
    for start in _openings(text):
        if statement := _STATEMENT.match(text, start):
            alike = found.setdefault((statement[1], statement[4] is not None), [])
            if not alike or alike[-1].end() <= start:
                alike.append(statement)
    return found


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


def _from_lines(package: str, statements: Iterable[Statement]) -> Iterator[ImportFact]:
    for found in statements:
        module = absolute(found[3].decode("utf-8", "replace") or None, len(found[2]), package)
        for name, local in _names(found[4]):
            yield ImportFact(local, f"{module}.{name}", relative=bool(found[2]))


def _plain_lines(statements: Iterable[Statement]) -> Iterator[ImportFact]:
    for found in statements:
        for name, local in _names(found[5]):
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
