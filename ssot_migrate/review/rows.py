"""A hunk as the rows that a terminal shows: before and after, words marked, syntax coloured."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from itertools import takewhile
from typing import NamedTuple

from ssot_migrate.review.colours import Colours
from ssot_migrate.review.hunks import CONTEXT, MANY, Hunk

_WORD = re.compile(r"\w+|\s+|.")


class Row(NamedTuple):
    """A line: ``-``, ``+`` or a space, its text, its colours, start and end of each changed piece."""

    sign: str
    text: str
    colours: str = ""
    marks: Sequence[int] = ()


def rows(lines: Mapping[int, str], hunk: Hunk, colours: Colours) -> Iterator[Row]:
    """The rows of ``hunk``, in a file with these ``lines`` by number."""
    position = max(0, hunk[0][0] - CONTEXT)
    for first, last, new, more in hunk:
        yield from _coloured(" ", _between(lines, position, first), colours)
        old = _between(lines, first, min(last, first + MANY))
        yield from _marked(
            [*_coloured("-", old, colours), *_hidden("-", last - first - len(old))],
            [*_coloured("+", new, colours), *_hidden("+", more)],
        )
        position = last
    yield from _coloured(" ", _between(lines, position, position + CONTEXT), colours)


def _between(lines: Mapping[int, str], first: int, last: int) -> list[str]:
    return [lines[number] for number in range(first, last) if number in lines]


def _coloured(sign: str, texts: Sequence[str], colours: Colours) -> Iterator[Row]:
    return map(Row, sign * len(texts), texts, colours.of(texts))


def _hidden(sign: str, count: int) -> list[Row]:
    return [Row(sign, f"… {count} more lines")] if count else []


def _marked(old: Sequence[Row], new: Sequence[Row]) -> Iterator[Row]:
    """All rows; those of lines that are replaced one by one, with what differs from their counterpart."""
    if len(old) != len(new):
        yield from (*old, *new)
        return
    pairs = [_marks(before.text, after.text) for before, after in zip(old, new, strict=True)]
    yield from (row._replace(marks=marks) for row, (marks, _) in zip(old, pairs, strict=True))
    yield from (row._replace(marks=marks) for row, (_, marks) in zip(new, pairs, strict=True))


def _marks(before: str, after: str) -> tuple[list[int], list[int]]:
    left, right = _WORD.findall(before), _WORD.findall(after)
    changed = list(_differences(left, right))
    return _spans(left, (code[:2] for code in changed)), _spans(right, (code[2:] for code in changed))


def _differences(left: Sequence[str], right: Sequence[str]) -> Iterator[tuple[int, int, int, int]]:
    """Ranges that differ, between what both begin and end with: a bracket in common parts nothing."""
    head = _shared(left, right)
    tail = _shared(left[head:][::-1], right[head:][::-1])
    middle, other = left[head : len(left) - tail], right[head : len(right) - tail]
    matcher = SequenceMatcher(lambda word: not word.isidentifier(), middle, other, autojunk=False)
    for tag, start, end, new_start, new_end in matcher.get_opcodes():
        if tag != "equal":
            yield head + start, head + end, head + new_start, head + new_end


def _shared(left: Sequence[str], right: Sequence[str]) -> int:
    return sum(1 for _ in takewhile(lambda pair: pair[0] == pair[1], zip(left, right, strict=False)))


def _spans(words: Sequence[str], ranges: Iterable[tuple[int, ...]]) -> list[int]:
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word))
    return [offset for first, last in ranges if first < last for offset in (starts[first], starts[last])]
