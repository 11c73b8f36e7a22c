"""Blank lines that go with an import that is taken out, and that part new ones from what is there."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from ssot_migrate.edits import Span
from ssot_migrate.languages.line_breaks import LineBreaks

_DEFINES = (b"def ", b"class ", b"async def ", b"@")


def gaps(breaks: LineBreaks, offset: int, newline: str) -> tuple[str, str]:
    """The blank lines above and below new first imports: none where another import follows."""
    code = breaks.text[offset:].lstrip()
    if not code or code.startswith((b"import ", b"from ")):
        return "", ""
    head = breaks.text[:offset].rstrip()
    if not head or head[head.rfind(b"\n") + 1 :].startswith(b"#"):
        return "", newline * (2 if code.startswith(_DEFINES) else 1)
    # Behind a docstring or a ``__future__`` import, the blank lines that stand there part them from code.
    return newline, "" if breaks.is_blank(offset) else newline


def past_gap(breaks: LineBreaks, start: int, end: int, edited: Sequence[Span], going: Collection[int]) -> int:
    """``end``, past the blank lines below it that no edit takes: so many as stand above ``start``.

    At the head of a file all of them, for nothing is left there to be kept apart. ``going`` are the
    starts of the lines of imports that are taken out as well.
    """
    limit = min((span.start for span in edited if span.start >= end), default=len(breaks.text))
    above = _blank_above(breaks, start, going)
    while above and breaks.past(end) <= limit and end < limit and breaks.is_blank(end):
        end = breaks.past(end)
        above -= 1
    return end


def _blank_above(breaks: LineBreaks, start: int, going: Collection[int]) -> int:
    """How many blank lines stand above the line that begins at ``start``, imports that go left out."""
    count = 0
    while start:
        above = breaks.start(start - 1)
        if above not in going:
            if breaks.text[above:start].strip():
                return count
            count += 1
        start = above
    return len(breaks.text)
