"""Imports of a file that nothing else calls to parse, read from its lines.

Lines of the module, and of the first level of indentation: there ``try`` and ``if`` hold
imports of the module, too. A line inside a function or a string counts as well: the import
graph may have an edge too many rather than one too few.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_migrate.index.scan import ImportFact
from ssot_migrate.languages.decoding import BOM
from ssot_migrate.languages.python import package_name
from ssot_migrate.languages.scopes import absolute

_REST = rb"[ \t]+(\.*)([\w.]*)[ \t]+import[ \t]*(\([^)]*\)|(?:[^\n\\]|\\\r?\n)*)"
_NAMES = rb"[ \t]+((?:[^\n\\]|\\\r?\n)*)"
# Each opens with letters that stand for themselves: the search for those runs at memory speed.
_STARTS = (b"\n", b"\n    ", b"\n\t", b"; ")
_FROM = tuple(re.compile(start + b"from" + _REST) for start in _STARTS)
_IMPORT = tuple(re.compile(start + b"import" + _NAMES) for start in _STARTS)
_COMMENT = re.compile(rb"#[^\n]*")


def import_lines(path: str, data: bytes) -> tuple[ImportFact, ...]:
    """What the import lines of a Python file bind."""
    if b"import" not in data:
        return ()
    lines = b"\n" + data.removeprefix(BOM)
    return tuple(dict.fromkeys((*_from_lines(package_name(path), lines), *_plain_lines(lines))))


def _from_lines(package: str, data: bytes) -> Iterator[ImportFact]:
    for found in (match for pattern in _FROM for match in pattern.finditer(data)):
        module = absolute(found[2].decode("utf-8", "replace") or None, len(found[1]), package)
        for name, local in _names(found[3]):
            yield ImportFact(local, f"{module}.{name}", relative=bool(found[1]))


def _plain_lines(data: bytes) -> Iterator[ImportFact]:
    for found in (match for pattern in _IMPORT for match in pattern.finditer(data)):
        for name, local in _names(found[1]):
            top = name.partition(".")[0]
            yield ImportFact(local, name) if local != name else ImportFact(top, top)
            if local == name != top:
                yield ImportFact("", name)


def _names(text: bytes) -> Iterator[tuple[str, str]]:
    """Pairs of name and local name in a list of imported names."""
    plain = _COMMENT.sub(b"", text).replace(b"\\", b" ").strip(b"() \t\r\n").split(b";")[0]
    for part in plain.decode("utf-8", "replace").split(","):
        words = part.split()
        if words and re.fullmatch(r"[\w.]+|\*", words[0]):
            yield words[0], words[2] if len(words) == 3 and words[1] == "as" else words[0]
