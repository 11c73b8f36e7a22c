"""One change as the lines it replaces and puts there; lines around are told once for a whole file."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import groupby

from ssot_migrate.edits import Edit
from ssot_migrate.masking import masked
from ssot_migrate.reports.lined import Block, Lined
from ssot_migrate.reports.unified import blocks

CONTEXT = 3
MANY = 60
_GAP = 2 * CONTEXT
_LONGEST = 400

Hunk = list[tuple[int, int, list[str], int]]
"""Neighbouring blocks: first line (0 is the top) and the line after the last, the lines that take their
place, and how many more of these are not told."""
Lines = list[tuple[int, list[str]]]
"""Runs of lines, by the number of their first."""


class Told(dict[bytes, str]):
    """Lines as a page has them: without their ends, secrets masked, long ones cut.

    The same ones stand around changes of many files: each is made once.
    """

    def __init__(self, encoding: str) -> None:
        """Lines of files in ``encoding``."""
        self.encoding = encoding

    def __missing__(self, line: bytes) -> str:
        """A line that was not asked for before."""
        text = masked(line.decode(self.encoding, "replace").rstrip("\r\n"))
        if self.encoding != "utf-8":  # UTF-7 can hold half of a pair, which no page can
            text = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
        self[line] = text if len(text) <= _LONGEST else f"{text[:_LONGEST]}…"
        return self[line]


class FileText:
    """The base text of one file, told once for all of its changes."""

    def __init__(self, before: Lined, told: Told) -> None:
        """Remember which lines the changes ask for."""
        self.before, self.told = before, told
        self.asked: set[int] = set()

    def hunks(self, edits: Sequence[Edit]) -> list[Hunk]:
        """The hunks of one change."""
        found = blocks(self.before, edits, self.told.encoding)
        return [self._hunk(group) for group in _near(found)]

    def around(self) -> Lines:
        """The lines that stand in hunks and around them, as they were; of many at once, the first."""
        found = groupby(enumerate(sorted(self.asked)), lambda item: item[1] - item[0])
        runs = ([number for _, number in run] for _, run in found)
        lines, told = self.before.lines, self.told
        return [(run[0], [told[lines[number]] for number in run]) for run in runs]

    def _hunk(self, group: Sequence[Block]) -> Hunk:
        end = len(self.before.lines)
        for first, last, _ in group:
            self.asked.update(range(max(0, first - CONTEXT), min(last, first + MANY)))
            self.asked.update(range(last, min(last + CONTEXT, end)))
        for (_, last, _), (first, _, _) in zip(group, group[1:], strict=False):
            self.asked.update(range(last, first))
        return [
            (first, last, [self.told[line] for line in new[:MANY]], max(0, len(new) - MANY))
            for first, last, new in group
        ]


def _near(found: Iterator[Block]) -> Iterator[list[Block]]:
    group: list[Block] = []
    for block in found:
        if group and block[0] - group[-1][1] > _GAP:
            yield group
            group = []
        group.append(block)
    if group:
        yield group
