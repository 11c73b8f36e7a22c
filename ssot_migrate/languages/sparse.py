"""Python text without the bodies of functions that nobody asks for, all else on its line and in its column.

Parsing is the largest single cost of a scan, and most functions hold nothing that a rule looks for.
Of their bodies line ends and imports are left; a constant at the last byte keeps the ends of functions true.
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
from ssot_migrate.languages.late_imports import column, import_lines_within, late_imports
from ssot_migrate.languages.lines import Doubtful, Lines


class Gap(NamedTuple):
    """A span that is left out; ``column``: where on its last line a constant opens instead, -1 for none."""

    span: Span
    column: int = -1


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
    stand in the body itself. Kept in any case are those with ``:=``, and with ``imports`` what is imported
    in functions. None if there is nothing to leave out.
    """
    wanted = sorted({*offsets, *_walrus(text)})
    late = late_imports(text) if imports else []
    try:
        skipped = _skipped(text, wanted, _merged(spans), sorted(inside))
        gaps = tuple(gap for body in skipped for gap in _gaps(text, body, late))
    except Doubtful:
        return None
    return Outline(_blanked(text, gaps), tuple(gap.span for gap in gaps)) if gaps else None


def _walrus(text: bytes) -> Iterator[int]:
    position = text.find(b":=")
    while position >= 0:
        yield position
        position = text.find(b":=", position + 1)


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


def _gaps(text: bytes, body: Span, late: Sequence[int]) -> Iterator[Gap]:
    """What is left out of a body: all but its imports, or nothing where they need what is around them."""
    last = text.rfind(b"\n", body.start, body.end) + 1 or body.start
    kept = import_lines_within(text, Lines.of(text), late, body, last)
    if kept is None:
        return
    start = body.start
    for line in kept:
        if line.start > start:
            yield Gap(Span(start, line.start))
        start = line.end
    yield Gap(Span(start, body.end), column(text, kept[0]) if kept else body.end - 1 - last)


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


def _blanked(text: bytes, gaps: Iterable[Gap]) -> bytes:
    pieces: list[bytes] = []
    position = 0
    for gap in gaps:
        start, end = gap.span.start, gap.span.end
        pieces += (text[position:start], b"\n" * text.count(b"\n", start, end))
        if gap.column >= 0:
            width = end - gap.column - (text.rfind(b"\n", start, end) + 1 or start)
            pieces += (b" " * gap.column, b"0" if width == 1 else b"(" + b" " * (width - 2) + b")")
        position = end
    return b"".join((*pieces, text[position:]))
