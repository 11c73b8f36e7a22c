"""Shell text cut out of a file of another syntax, with the place of every byte of it.

Each reader of a carrier format only finds such text; words and commands are made of it in one place.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from enum import Enum
from functools import cached_property
from itertools import accumulate

from ssot_migrate.edits import Span

BOM = b"\xef\xbb\xbf"

# The grammar's scanner looks any character up in the tables of C's ctype: one beyond them kills the process.
# To a shell, all these are plain characters of a word that is no name, and so is a dot.
_ASCII = bytes(byte if byte < 0x80 else ord(".") for byte in range(256))


class Unreadable(Exception):
    """A file that no command can be read from; ``reason`` is one line."""

    def __init__(self, reason: str) -> None:
        """Keep ``reason``."""
        super().__init__(reason)
        self.reason = reason


class Fit(Enum):
    """How the text of a piece stands to the bytes of the file."""

    EXACT = "the same bytes"
    OPAQUE = "the same bytes, replaced by some other program before a shell sees them"
    LOOSE = "other bytes: an escape, a line ending, a scalar that had to be decoded"


@dataclass(frozen=True, slots=True)
class Piece:
    """Shell text and the range of the file that it stands for."""

    text: bytes
    span: Span
    fit: Fit = Fit.EXACT


@dataclass(frozen=True)
class Fragment:
    """One shell text; ``locked`` says why what it holds must not be edited."""

    span: Span
    pieces: tuple[Piece, ...]
    locked: str = ""
    text: bytes = field(init=False)

    def __post_init__(self) -> None:
        """Join the text once."""
        object.__setattr__(self, "text", b"".join(piece.text for piece in self.pieces))

    @cached_property
    def shell(self) -> bytes:
        """The text as the shell grammar may see it: ASCII only, opaque pieces as words of underscores."""
        shown = (b"_" * len(piece.text) if piece.fit is Fit.OPAQUE else piece.text for piece in self.pieces)
        return b"".join(shown).translate(_ASCII)

    @cached_property
    def _starts(self) -> list[int]:
        return [0, *accumulate(len(piece.text) for piece in self.pieces)][:-1]

    def place(self, start: int, end: int) -> Span:
        """Where the non-empty text ``[start, end)`` stands in the file."""
        first, last = self._index(start), self._index(end - 1)
        left, right = self.pieces[first], self.pieces[last]
        loose_left, loose_right = left.fit is Fit.LOOSE, right.fit is Fit.LOOSE
        return Span(
            left.span.start + (0 if loose_left else start - self._starts[first]),
            right.span.end if loose_right else right.span.start + end - self._starts[last],
        )

    def sub(self, start: int, end: int, locked: str = "") -> Fragment:
        """The fragment of the text ``[start, end)``."""
        if start >= end:
            return Fragment(Span(*[self._edge(start)] * 2), (), self.locked or locked)
        return Fragment(self.place(start, end), tuple(self._cut(start, end)), self.locked or locked)

    def lock(self, reason: str) -> Fragment:
        """The same text, not to be edited for ``reason`` unless that is ``""``."""
        return replace(self, locked=self.locked or reason)

    def _index(self, offset: int) -> int:
        return bisect_right(self._starts, offset) - 1

    def _edge(self, offset: int) -> int:
        """The file offset of an empty range."""
        return self.place(offset - 1, offset).end if offset else self.span.start

    def _cut(self, start: int, end: int) -> Iterator[Piece]:
        for index in range(self._index(start), len(self.pieces)):
            base, piece = self._starts[index], self.pieces[index]
            left, right = max(start, base), min(end, base + len(piece.text))
            if base >= end:
                return
            text = piece.text[left - base : right - base]
            offset = piece.span.start - base
            loose = piece.fit is Fit.LOOSE
            yield Piece(text, piece.span if loose else Span(left + offset, right + offset), piece.fit)


@dataclass(frozen=True)
class Listing:
    """A command in exec form: one fragment per element, ``joint`` between two elements."""

    elements: tuple[Fragment, ...]
    joint: str
    locked: str = ""

    def lock(self, reason: str) -> Listing:
        """The same list, not to be edited for ``reason`` unless that is ``""``."""
        return replace(self, locked=self.locked or reason)
