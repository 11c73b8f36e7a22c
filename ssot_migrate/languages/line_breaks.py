"""Where the lines of a text begin and end, and what ends them."""

from __future__ import annotations

from typing import NamedTuple


class LineBreaks(NamedTuple):
    """The line breaks of UTF-8 ``text``; offsets are in bytes."""

    text: bytes

    def start(self, offset: int) -> int:
        """Where the line that holds ``offset`` begins."""
        return self.text.rfind(b"\n", 0, offset) + 1

    def end(self, offset: int) -> int:
        """Where the line that holds ``offset`` ends, its break not counted."""
        ends = [end for end in (self.text.find(b"\n", offset), self.text.find(b"\r", offset)) if end >= 0]
        return min(ends, default=len(self.text))

    def past(self, offset: int) -> int:
        """Where the next line begins."""
        end = self.end(offset)
        return end + (2 if self.text[end : end + 2] == b"\r\n" else 1 if end < len(self.text) else 0)

    def is_blank(self, offset: int) -> bool:
        """Whether nothing but space stands from ``offset`` to the end of its line."""
        return not self.text[offset : self.end(offset)].strip()

    def at(self, offset: int) -> str:
        """What ends the line that holds ``offset``; what ends the first one, if nothing does."""
        return self.text[self.end(offset) : self.past(offset)].decode() or self.first

    @property
    def first(self) -> str:
        """What ends the first line."""
        found = self.text.find(b"\n")
        return "\r\n" if found > 0 and self.text[found - 1 : found] == b"\r" else "\n"
