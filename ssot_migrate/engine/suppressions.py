"""``# ssot: allow[rule] reason`` comments, and a team's own markers of the same meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Suppression

_ALLOW = re.compile(rb"#[^\n\r]*?\bssot:\s*allow\[([\w\-, ]+)\][ \t]*([^\n\r]*)")


def suppressions(doc: PythonDocument, markers: Sequence[str] = ()) -> Iterator[Suppression]:
    """Every suppression comment; ``markers`` are words such as ``@justified`` that allow all rules.

    A comment that stands alone on its line speaks of the next line of code.
    """
    if b"ssot:" in doc.text:
        for found in _ALLOW.finditer(doc.text):
            line = _line_spoken_of(doc, found.start())
            reason = found[2].decode("utf-8", "replace").strip()
            for rule in found[1].decode("ascii", "replace").split(","):
                yield Suppression(rule.strip(), line, reason)
    for marker in markers:
        yield from _marked(doc, marker.encode())


def _marked(doc: PythonDocument, marker: bytes) -> Iterator[Suppression]:
    position = doc.text.find(marker)
    while position >= 0:
        line_start = doc.text.rfind(b"\n", 0, position) + 1
        comment = doc.text.find(b"#", line_start, position)
        if comment >= 0:
            reason = doc.text[position:].splitlines()[0].decode("utf-8", "replace")
            yield Suppression("*", _line_spoken_of(doc, comment), reason)
        position = doc.text.find(marker, position + len(marker))


def _line_spoken_of(doc: PythonDocument, offset: int) -> int:
    line = doc.text.count(b"\n", 0, offset) + 1
    line_start = doc.text.rfind(b"\n", 0, offset) + 1
    if doc.text[line_start:offset].strip():
        return line
    rest = doc.text[offset:].splitlines()
    for extra, following in enumerate(rest[1:], start=1):
        if following.strip() and not following.lstrip().startswith(b"#"):
            return line + extra
    return line
