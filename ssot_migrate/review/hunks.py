"""One change as the lines around it: before and after, words marked, syntax coloured, secrets masked."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from difflib import SequenceMatcher
from itertools import takewhile

from ssot_migrate.edits import Edit
from ssot_migrate.masking import masked
from ssot_migrate.reports.unified import Block, blocks, lines_of
from ssot_migrate.review.colours import Colours

CONTEXT = 3
_GAP = 2 * CONTEXT
_LONGEST = 400
_WORD = re.compile(r"\w+|\s+|.")
_MANY = 60

Row = list[object]
"""``[sign, text, colours, marks]``: marks are start and end of each changed piece, in characters."""


class FileText:
    """The base text of one file, cut into lines once for all of its changes."""

    def __init__(self, data: bytes, encoding: str, colours: Colours) -> None:
        """``colours`` are those of the file's language."""
        self.data, self.encoding, self.colours = data, encoding, colours
        self.lines = lines_of(data)

    def hunks(self, edits: Sequence[Edit]) -> list[list[object]]:
        """Hunks of a change: ``[first line, rows]`` each."""
        found = list(blocks(self.data, self.lines, edits, self.encoding))
        return [self._hunk(group) for group in _near(found)]

    def _hunk(self, group: Sequence[Block]) -> list[object]:
        start = max(0, group[0][0] - CONTEXT)
        end = min(len(self.lines), group[-1][1] + CONTEXT)
        rows: list[Row] = []
        position = start
        for first, last, new in group:
            rows += self._rows(" ", self.lines[position:first])
            old_rows, new_rows = self._rows("-", self.lines[first:last]), self._rows("+", new)
            _mark(old_rows, new_rows)
            rows += [*old_rows, *new_rows]
            position = last
        rows += self._rows(" ", self.lines[position:end])
        return [start + 1, rows]

    def _rows(self, sign: str, lines: Sequence[bytes]) -> list[Row]:
        if len(lines) > _MANY:
            hidden = len(lines) - _MANY
            return [*self._rows(sign, lines[:_MANY]), [sign, f"… {hidden} more lines", ""]]
        texts = [self._text(line) for line in lines]
        return [[sign, text, colour] for text, colour in zip(texts, self.colours.of(texts), strict=True)]

    def _text(self, line: bytes) -> str:
        text = masked(line.decode(self.encoding, "replace").rstrip("\r\n"))
        return text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"


def _near(found: Sequence[Block]) -> Iterator[list[Block]]:
    group: list[Block] = []
    for block in found:
        if group and block[0] - group[-1][1] > _GAP:
            yield group
            group = []
        group.append(block)
    if group:
        yield group


def _mark(old: Sequence[Row], new: Sequence[Row]) -> None:
    """Add to each row of a replaced line what of it differs from its counterpart, in place."""
    if len(old) != len(new):
        return
    for before, after in zip(old, new, strict=True):
        left, right = _WORD.findall(str(before[1])), _WORD.findall(str(after[1]))
        changed = list(_differences(left, right))
        before.append(_spans(left, ((code[0], code[1]) for code in changed)))
        after.append(_spans(right, ((code[2], code[3]) for code in changed)))


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


def _spans(words: Sequence[str], ranges: Iterable[tuple[int, int]]) -> list[int]:
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word))
    return [offset for first, last in ranges if first < last for offset in (starts[first], starts[last])]
