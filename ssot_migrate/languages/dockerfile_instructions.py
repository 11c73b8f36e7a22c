"""The instructions of a Dockerfile, each with its continuation lines and here-documents."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from ssot_migrate.edits import Span
from ssot_migrate.languages.fragments import BOM, Fragment, Piece
from ssot_migrate.languages.pieces import pieces

_KEYWORD = re.compile(rb"\s*(?:ONBUILD\s+)?([A-Za-z]+)\s*")
HEREDOC = re.compile(rb"(?<!<)<<(-?)([\"']?)([A-Za-z_]\w*)\2")
_WORD_LINE = re.compile(rb"^(?P<tabs>\t*)(?P<word>[A-Za-z_]\w*)\r?$", re.MULTILINE)
_WITH_BODY = ("RUN", "COPY", "ADD")


@dataclass(frozen=True)
class Instruction:
    """An instruction with its continuation lines joined, and the bodies of its here-documents."""

    keyword: str
    text: Fragment
    bodies: tuple[Span, ...] = ()


def instructions(data: bytes) -> Iterator[Instruction]:
    """All instructions, in order."""
    position = len(BOM) if data.startswith(BOM) else 0
    ends = _Ends(data)
    while position < len(data):
        text, position = _joined(data, position)
        match = _KEYWORD.match(text.text)
        if not match:
            continue
        keyword = match[1].decode().upper()
        bodies: list[Span] = []
        for heredoc in HEREDOC.finditer(text.text) if keyword in _WITH_BODY else ():
            end = ends.after(position, heredoc[3], bool(heredoc[1]))
            if end is not None:
                bodies.append(Span(position, end))
                position = data.find(b"\n", end) + 1 or len(data)
        yield Instruction(keyword, rest(text, match.end()), tuple(bodies))


def _joined(data: bytes, position: int) -> tuple[Fragment, int]:
    """The instruction from ``position`` on without backslashes, comments and blank lines in it; its end."""
    start, parts = position, list[Piece]()
    while position < len(data):
        end = data.find(b"\n", position) + 1 or len(data)
        line = data[position:end].rstrip()
        if line and not line.lstrip().startswith(b"#"):
            more = line.endswith(b"\\")
            parts += pieces(data, Span(position, position + len(line) - more))
            if not more:
                position = end
                break
        elif not parts:
            start = end
        position = end
    return Fragment(Span(start, position), tuple(parts)), position


def rest(text: Fragment, start: int) -> Fragment:
    """``text`` from ``start`` on."""
    return text.sub(start, len(text.text))


class _Ends:
    """The lines that could end a here-document, found in one pass over the file."""

    def __init__(self, data: bytes) -> None:
        self.places: dict[tuple[bytes, bool], list[int]] = {}
        for match in _WORD_LINE.finditer(data) if b"<<" in data else ():
            self.places.setdefault((match["word"], True), []).append(match.start())
            if not match["tabs"]:
                self.places.setdefault((match["word"], False), []).append(match.start())

    def after(self, position: int, word: bytes, tabs: bool) -> int | None:
        """Where the first line of only ``word`` begins, from ``position`` on; ``tabs`` may precede it."""
        places = self.places.get((word, tabs), [])
        index = bisect_left(places, position)
        return places[index] if index < len(places) else None
