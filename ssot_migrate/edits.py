"""The only code that changes text: byte spans, edits and how they are spliced."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec


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
    first, second = sorted((left, right), key=lambda edit: (edit.start, edit.end))
    return second.start < first.end


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
    return sorted(edits, key=lambda edit: (edit.start, edit.end))
