"""Fenced blocks of Markdown: where they stand, and the lines in them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ssot_migrate.edits import Span
from ssot_migrate.languages.fragments import BOM
from ssot_migrate.languages.pieces import lines_in

_OPEN = re.compile(
    rb"(?P<quote>(?:[ \t]*>)*+)(?P<indent>[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*+)"
    rb"(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^`\r\n]*)"
)
_FENCES = (b"```", b"~~~")
_QUOTE = re.compile(rb"(?:[ \t]*>[ \t]?)*+")


class Block(NamedTuple):
    """A fence, and the lines of its content, quote marks and indentation among them."""

    fence: bytes
    quoted: bool
    indent: int
    language: str
    body: Span = Span(0, 0)
    closed: bool = False

    def lines(self, data: bytes) -> list[Span]:
        """The content, line by line, without quote marks and indentation."""
        return [_content(data, line, self) for line in lines_in(data, self.body)]


def blocks(data: bytes) -> Iterator[Block]:
    """The fenced blocks of a text, in order."""
    position = len(BOM) if data.startswith(BOM) else 0
    while line := _line_with(data, _FENCES, position):
        position = line.end
        if block := _opened(data, line):
            end = _closing(data, position, block)
            yield block._replace(body=Span(position, end.start if end else len(data)), closed=end is not None)
            position = end.end if end else len(data)


def _closing(data: bytes, position: int, block: Block) -> Span | None:
    """The line that closes ``block``, from the line at ``position`` on."""
    while line := _line_with(data, (block.fence,), position):
        if _closes(data, line, block):
            return line
        position = line.end
    return None


def _line_with(data: bytes, marks: Iterable[bytes], position: int) -> Span | None:
    """The next line, from the one at ``position`` on, in which one of ``marks`` stands."""
    found = min((at for mark in marks if (at := data.find(mark, position)) >= 0), default=-1)
    if found < 0:
        return None
    start = data.rfind(b"\n", position, found) + 1 or position
    return Span(start, data.find(b"\n", found) + 1 or len(data))


def _opened(data: bytes, line: Span) -> Block | None:
    match = _OPEN.match(data, line.start, line.end)
    if match is None or (match["fence"][:1] == b"`" and b"`" in data[match.end() : line.end]):
        return None
    words = re.split(r"[\s{},:]+", match["info"].decode().strip())
    return Block(match["fence"], bool(match["quote"]), len(match["indent"]), words[0].lower())


def _closes(data: bytes, line: Span, block: Block) -> bool:
    text = line.slice(data)
    if block.quoted:
        text = _QUOTE.sub(b"", text, count=1)
    mark = text.strip()
    return len(mark) >= len(block.fence) and mark == block.fence[:1] * len(mark)


def _content(data: bytes, line: Span, block: Block) -> Span:
    start = line.start
    quote = _QUOTE.match(data, start, line.end) if block.quoted else None
    if quote:
        start = quote.end()
    limit = min(line.end, start + block.indent)
    while start < limit and data[start : start + 1] in (b" ", b"\t"):
        start += 1
    return Span(start, line.end)
