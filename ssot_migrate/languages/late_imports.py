"""Imports in a function, kept where all else of its body is left out: who reads on sees where they stand."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ssot_migrate.edits import Span
from ssot_migrate.languages.lines import Lines

_FAR = 80  # what is indented further is taken for an import, one or not
_WORDS = (b" import ", b" from ")
_LONGER = (b"(", b"\\", b";")
_NEXT = re.compile(rb"(?:[ ]*(?:#[^\n]*)?\r?\n)*([ ]*)")


def late_imports(text: bytes) -> list[int]:
    """Where indented lines open with an import, or seem to; in order."""
    return sorted(position for word in _WORDS for position in _opening(text, word))


def _opening(text: bytes, word: bytes) -> Iterator[int]:
    position = text.find(word)
    while position >= 0:
        before = text[max(0, position - _FAR) : position].rstrip(b" ")
        if not before or before.endswith(b"\n"):
            yield position
        position = text.find(word, position + len(word) - 1)


def import_lines_within(
    text: bytes, lines: Lines, late: Sequence[int], body: Span, last: int
) -> list[Span] | None:
    """The lines of the imports among ``late`` that stand in ``body``, the code of a function.

    None if they tell less without what is around them: each must be a line of its own, all in one
    column, and another statement of its block must follow. ``last`` is where the last line opens: a
    constant must have room there in that column.
    """
    here = late[bisect_left(late, body.start) : bisect_left(late, body.end)]
    found = [line for offset in here if not lines.in_string((line := _line(text, offset)).start)]
    columns = {column(text, line) for line in found} or {0}
    plain = len(columns) == 1 and all(_is_plain(text, line) for line in found)
    return found if plain and columns.pop() < body.end - last else None


def _line(text: bytes, offset: int) -> Span:
    end = text.find(b"\n", offset)
    return Span(text.rfind(b"\n", 0, offset) + 1, end + 1 if end >= 0 else len(text))


def column(text: bytes, line: Span) -> int:
    """How far a line is indented."""
    code = line.slice(text)
    return len(code) - len(code.lstrip(b" "))


def _is_plain(text: bytes, line: Span) -> bool:
    following = _NEXT.match(text, line.end)
    alike = following is not None and len(following[1]) == column(text, line)
    return alike and not any(mark in line.slice(text) for mark in _LONGER)
