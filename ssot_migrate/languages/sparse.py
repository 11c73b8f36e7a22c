"""Python text without the bodies of functions that nobody asks for, all else on its line and in its column.

Parsing is the largest single cost of a scan, and most functions hold nothing that a rule looks for.
Of their bodies the line ends are left; ``0`` at the last byte keeps the ends of functions and classes true.
What is skipped is found from strings and indentation alone, which tells it beyond doubt for text that
Python can read. Text of which that is not so (tabs, old line ends, a function that ends in the middle of
a line) is given whole.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter
from typing import NamedTuple

from ssot_migrate.edits import Span
from ssot_migrate.languages.blocks import functions
from ssot_migrate.languages.lines import Doubtful, Lines

_FAR = 80  # what is indented further is kept, import or not
_IMPORTS = (b" import ", b" from ")


class Outline(NamedTuple):
    """The text to parse, and the spans of the whole text that are left out of it."""

    text: bytes
    blank: tuple[Span, ...]


def outlined(
    text: bytes,
    offsets: Iterable[int],
    spans: Iterable[Span] = (),
    inside: Iterable[int] = (),
    imports: bool = True,
) -> Outline | None:
    """``text`` (UTF-8) without the functions that hold none of ``offsets`` and meet none of ``spans``.

    A function is given with all in it, or without its body; those of ``inside`` ask for it only where they
    stand in the body itself. Kept in any case are those with ``:=``, and with ``imports`` those that import
    something. None if there is nothing to leave out.
    """
    wanted = sorted({*offsets, *_opening(text, _IMPORTS if imports else ()), *_all(text, b":=")})
    try:
        blank = tuple(_skipped(text, wanted, _merged(spans), sorted(inside)))
    except Doubtful:
        return None
    return Outline(_blanked(text, blank), blank) if blank else None


def _opening(text: bytes, words: Iterable[bytes]) -> Iterator[int]:
    """Where indented lines open with one of ``words``, which have a space on either side."""
    for word in words:
        for position in _all(text, word):
            before = text[max(0, position - _FAR) : position].rstrip(b" ")
            if not before or before.endswith(b"\n"):
                yield position


def _all(text: bytes, mark: bytes) -> Iterator[int]:
    position = text.find(mark)
    while position >= 0:
        yield position
        position = text.find(mark, position + len(mark) - 1)


def _skipped(
    text: bytes, wanted: Sequence[int], spans: Sequence[Span], inside: Sequence[int]
) -> Iterator[Span]:
    lines = Lines.of(text)
    for one in functions(text):
        if (
            _holds(wanted, one.start, one.end)
            or _holds(inside, one.body, one.end)
            or _meets(spans, one.start, one.end)
        ):
            continue
        end = lines.code_end(one.body, one.end)
        if end - text.rfind(b"\n", 0, end) - 2 > one.indent:
            yield Span(one.body, end)


def _holds(offsets: Sequence[int], start: int, end: int) -> bool:
    index = bisect_left(offsets, start)
    return index < len(offsets) and offsets[index] < end


def _merged(spans: Iterable[Span]) -> list[Span]:
    """``spans`` in their order, those that overlap made one."""
    merged: list[Span] = []
    for span in sorted(spans):
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(span.end, merged[-1].end))
        else:
            merged.append(span)
    return merged


def _meets(spans: Sequence[Span], start: int, end: int) -> bool:
    """Whether one of the spans, of which none overlap, has bytes in ``[start, end)``."""
    index = bisect_right(spans, start, key=_end)
    return index < len(spans) and spans[index].start < end


_end = attrgetter("end")


def _blanked(text: bytes, spans: Iterable[Span]) -> bytes:
    pieces: list[bytes] = []
    position = 0
    for span in spans:
        last = max(text.rfind(b"\n", span.start, span.end) + 1, span.start)
        lines = text.count(b"\n", span.start, last)
        pieces += (text[position : span.start], b"\n" * lines, b" " * (span.end - 1 - last), b"0")
        position = span.end
    return b"".join((*pieces, text[position:]))
