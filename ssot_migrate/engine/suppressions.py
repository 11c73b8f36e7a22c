"""``# ssot: allow[rule] reason`` comments, and a team's own markers of the same meaning."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ssot_migrate.findings import Suppression

_ALLOW = re.compile(rb"#[^\n\r]*?\bssot:\s*allow\[([\w\-, ]+)\][ \t]*([^\n\r]*)")


def suppressions(text: bytes, markers: Sequence[str] = ()) -> Iterator[Suppression]:
    """Every suppression comment; ``markers`` are words such as ``@justified`` that allow all rules.

    A comment that stands alone on its line speaks of the next line of code. ``text`` is UTF-8.
    """
    if b"ssot:" in text:
        for found in _ALLOW.finditer(text):
            line = _line_spoken_of(text, found.start())
            reason = found[2].decode("utf-8", "replace").strip()
            for rule in found[1].decode("ascii", "replace").split(","):
                yield Suppression(rule.strip(), line, reason)
    for marker in markers:
        yield from _marked(text, marker.encode())


def _marked(text: bytes, marker: bytes) -> Iterator[Suppression]:
    position = text.find(marker)
    while position >= 0:
        line_start = text.rfind(b"\n", 0, position) + 1
        comment = text.find(b"#", line_start, position)
        if comment >= 0:
            reason = text[position:].splitlines()[0].decode("utf-8", "replace")
            yield Suppression("*", _line_spoken_of(text, comment), reason)
        position = text.find(marker, position + len(marker))


def _line_spoken_of(text: bytes, offset: int) -> int:
    line = text.count(b"\n", 0, offset) + 1
    line_start = text.rfind(b"\n", 0, offset) + 1
    if text[line_start:offset].strip():
        return line
    rest = text[offset:].splitlines()
    for extra, following in enumerate(rest[1:], start=1):
        if following.strip() and not following.lstrip().startswith(b"#"):
            return line + extra
    return line
