"""The only code that changes text: byte spans, edits and how they are spliced."""

from __future__ import annotations

from bisect import bisect_left, insort
from collections.abc import Iterable, Iterator, Sequence
from operator import attrgetter

import msgspec

_PLACE = attrgetter("start", "end")


class Span(msgspec.Struct, frozen=True, order=True, array_like=True, gc=False):
    """A half-open range of byte offsets, ``[start, end)``."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Whether every byte of ``other`` lies in this span."""
        return self.start <= other.start and other.end <= self.end

    def slice(self, data: bytes) -> bytes:
        """The bytes of ``data`` that this span names."""
        return data[self.start : self.end]


class Edit(msgspec.Struct, frozen=True, order=True, array_like=True, gc=False):
    """Replace the bytes ``[start, end)`` of a file by ``text``; ``start == end`` inserts."""

    start: int
    end: int
    text: str

    @property
    def span(self) -> Span:
        """The replaced range."""
        return Span(self.start, self.end)


def overlaps(left: Edit, right: Edit) -> bool:
    """Whether two edits claim a common byte, or one inserts inside the other's range."""
    if left.start == left.end == right.start == right.end:
        return False
    first, second = sorted((left, right), key=_PLACE)
    return second.start < first.end


class Disjoint:
    """Edits of one text of which no two overlap, in its order."""

    def __init__(self) -> None:
        """Begin with none."""
        self._edits: list[Edit] = []

    def __iter__(self) -> Iterator[Edit]:
        """All of them, in the order of the text."""
        return iter(self._edits)

    def __contains__(self, edit: Edit) -> bool:
        """Whether the very same edit is one of them."""
        index = bisect_left(self._edits, edit)
        return index < len(self._edits) and self._edits[index] == edit

    def overlapping(self, edit: Edit) -> list[Edit]:
        """Those that overlap ``edit``, looked for near it only."""
        index = bisect_left(self._edits, Edit(edit.start, edit.start, ""))
        found = [one for one in self._edits[max(index - 1, 0) : index] if overlaps(one, edit)]
        while index < len(self._edits) and self._edits[index].start < edit.end:
            found += [self._edits[index]] if overlaps(self._edits[index], edit) else []
            index += 1
        return found

    def put(self, edit: Edit) -> None:
        """Add ``edit``, in place of all that it overlaps."""
        for one in self.overlapping(edit):
            del self._edits[bisect_left(self._edits, one)]
        insort(self._edits, edit)


def outside(offsets: Iterable[int], spans: Iterable[Span]) -> Iterator[int]:
    """Those ``offsets``, which ascend, that lie in none of ``spans``, which may overlap."""
    ordered, index, end = sorted(spans), 0, 0
    for offset in offsets:
        while index < len(ordered) and ordered[index].start <= offset:
            end, index = max(end, ordered[index].end), index + 1
        if offset >= end:
            yield offset


def splice(data: bytes, edits: Iterable[Edit], encoding: str = "utf-8") -> bytes:
    """``data`` with all ``edits`` applied; every byte outside of them is kept.

    Inserts at one offset keep the order in which they are given.

    Raises:
        ValueError: an edit lies outside ``data`` or two edits overlap.
        UnicodeEncodeError: a replacement cannot be written in ``encoding``.
    """
    pieces: list[bytes] = []
    position = 0
    for edit in _in_order(edits):
        if edit.start < position or edit.end < edit.start or edit.end > len(data):
            raise ValueError(f"edit {edit.start}-{edit.end} overlaps another or leaves the file")
        pieces += (data[position : edit.start], edit.text.encode(encoding))
        position = edit.end
    return b"".join((*pieces, data[position:]))


def _in_order(edits: Iterable[Edit]) -> Sequence[Edit]:
    return sorted(edits, key=_PLACE)
