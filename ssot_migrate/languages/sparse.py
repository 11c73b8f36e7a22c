"""Python text without the bodies of functions that nobody asks for, all other bytes in their places.

Parsing is the largest single cost of a scan, and most functions hold nothing that a rule looks for.
Their bodies are blanked; ``0`` at the last byte of each keeps the ends of functions and classes true.
What is skipped is found from strings and indentation alone, which tells it beyond doubt for text that
Python can read. Text of which that is not so (tabs, old line ends, a function that ends in the middle of
a line) is given whole.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ssot_migrate.edits import Span
from ssot_migrate.languages.lines import Doubtful, Function, Lines

_ALWAYS = re.compile(rb"\n[ ]+(?:import|from)[ ]|:=")
_BLANK = bytes(byte if byte in b"\r\n" else ord(" ") for byte in range(256))


class Outline(NamedTuple):
    """The text to parse, and the spans in which it is blank."""

    text: bytes
    blank: tuple[Span, ...]


def outlined(text: bytes, offsets: Iterable[int], spans: Iterable[Span] = ()) -> Outline | None:
    """``text`` (UTF-8) without the functions that hold none of ``offsets`` and meet none of ``spans``.

    A function is given with all in it, or without its body. Kept in any case are those that import
    something, and those with ``:=``. None if there is nothing to leave out.
    """
    wanted = sorted({*offsets, *(found.start() for found in _ALWAYS.finditer(text))})
    try:
        blank = tuple(_skipped(text, wanted, sorted(spans)))
    except Doubtful:
        return None
    return Outline(_blanked(text, blank), blank) if blank else None


@lru_cache(maxsize=1)
def class_blocks(text: bytes) -> tuple[tuple[str, Span], ...]:
    """Name and span of each class statement; none where that cannot be told from the text."""
    try:
        return tuple(_class_blocks(text, Lines.of(text)))
    except Doubtful:
        return ()


@lru_cache(maxsize=1)
def functions(text: bytes) -> tuple[Function, ...]:
    """The functions that stand in no other function.

    Raises:
        Doubtful: that cannot be told from the text.
    """
    return tuple(Lines.of(text).functions())


def _class_blocks(text: bytes, lines: Lines) -> Iterator[tuple[str, Span]]:
    for found in _CLASS.finditer(text):
        start = text.rfind(b"\n", 0, found.start()) + 1
        if not text[start : found.start()].strip(b" ") and not lines.in_string(start):
            end = lines.block_end(found.end(), found.start() - start)
            yield found[1].decode("utf-8", "replace"), Span(start, end)


_CLASS = re.compile(rb"class[ \t]+([\w\x80-\xff]+)")


def _skipped(text: bytes, wanted: Sequence[int], spans: Sequence[Span]) -> Iterator[Span]:
    lines = Lines.of(text)
    for one in functions(text):
        index = bisect_left(wanted, one.start)
        asked = index < len(wanted) and wanted[index] < one.end
        if asked or _meets(spans, one.start, one.end):
            continue
        end = lines.code_end(one.body, one.end)
        if end - text.rfind(b"\n", 0, end) - 2 > one.indent:
            yield Span(one.body, end)


def _meets(spans: Sequence[Span], start: int, end: int) -> bool:
    return any(span.start < end and start < span.end for span in spans)


def _blanked(text: bytes, spans: Iterable[Span]) -> bytes:
    pieces: list[bytes] = []
    position = 0
    for span in spans:
        pieces += (text[position : span.start], text[span.start : span.end - 1].translate(_BLANK), b"0")
        position = span.end
    return b"".join((*pieces, text[position:]))
