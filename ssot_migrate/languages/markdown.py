"""Shell text in fenced code blocks of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from ssot_migrate.edits import Span
from ssot_migrate.languages.fragments import BOM, Fragment, Piece, pieces, substituted
from ssot_migrate.model import Source

_LANGUAGES = {"bash", "sh", "shell", "zsh", "console"}
_OPEN = re.compile(
    rb"(?P<quote>(?:[ \t]*>)*+)(?P<indent>[ \t]*(?:(?:[-*+]|\d{1,9}[.)])[ \t]+)*+)"
    rb"(?P<fence>`{3,}|~{3,})[ \t]*(?P<info>[^`\r\n]*)"
)
_QUOTE = re.compile(rb"(?:[ \t]*>[ \t]?)*+")
_PROMPT = re.compile(rb"[ \t]*\$[ \t]+")
_CONTINUED = re.compile(rb"[ \t]*>[ \t]+")
_PLACEHOLDERS = substituted(rb"<[A-Za-z](?:[\w ./|-]*[\w.])?>")


@dataclass
class _Block:
    """An open fence and its content lines, without quote marks and indentation."""

    fence: bytes
    quoted: bool
    indent: int
    language: str
    lines: list[Span] = field(default_factory=list)


def texts(source: Source) -> Iterator[Fragment]:
    """One shell text per fenced block, or one per prompt of a session."""
    data = source.data
    for block, closed in _blocks(data):
        if block.language not in _LANGUAGES:
            continue
        locked = "" if closed else "the fence is never closed"
        if block.language == "console" or any(_PROMPT.match(data, *_bounds(line)) for line in block.lines):
            yield from _session(data, block.lines, locked)
        elif block.lines:
            yield _fragment(data, block.lines, locked)


def outline(source: Source) -> object:
    """The fences, in order."""
    return [(block.fence, block.language, len(block.lines), closed) for block, closed in _blocks(source.data)]


def _blocks(data: bytes) -> Iterator[tuple[_Block, bool]]:
    block: _Block | None = None
    for line in _lines(data):
        if block is None:
            block = _opened(data, line)
        elif _closes(data, line, block):
            yield block, True
            block = None
        else:
            block.lines.append(_content(data, line, block))
    if block is not None:
        yield block, False


def _lines(data: bytes) -> Iterator[Span]:
    position = len(BOM) if data.startswith(BOM) else 0
    while position < len(data):
        end = data.find(b"\n", position) + 1 or len(data)
        yield Span(position, end)
        position = end


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end


def _opened(data: bytes, line: Span) -> _Block | None:
    match = _OPEN.match(data, *_bounds(line))
    if match is None or (match["fence"][:1] == b"`" and b"`" in data[match.end() : line.end]):
        return None
    words = re.split(r"[\s{},:]+", match["info"].decode().strip())
    return _Block(match["fence"], bool(match["quote"]), len(match["indent"]), words[0].lower())


def _closes(data: bytes, line: Span, block: _Block) -> bool:
    text = line.slice(data)
    if block.quoted:
        text = _QUOTE.sub(b"", text, count=1)
    mark = text.strip()
    return len(mark) >= len(block.fence) and mark == block.fence[:1] * len(mark)


def _content(data: bytes, line: Span, block: _Block) -> Span:
    start = line.start
    quote = _QUOTE.match(data, start, line.end) if block.quoted else None
    if quote:
        start = quote.end()
    limit = min(line.end, start + block.indent)
    while start < limit and data[start : start + 1] in (b" ", b"\t"):
        start += 1
    return Span(start, line.end)


def _session(data: bytes, lines: list[Span], locked: str) -> Iterator[Fragment]:
    """What stands after a ``$`` prompt, with the lines that a backslash joins to it."""
    typed: list[Span] = []
    for line in lines:
        if typed and typed[-1].slice(data).rstrip(b"\r\n").endswith(b"\\"):
            match = _CONTINUED.match(data, *_bounds(line))
            typed.append(Span(match.end() if match else line.start, line.end))
            continue
        if typed:
            yield _fragment(data, typed, locked)
        prompt = _PROMPT.match(data, *_bounds(line))
        typed = [Span(prompt.end(), line.end)] if prompt else []
    if typed:
        yield _fragment(data, typed, locked)


def _fragment(data: bytes, lines: list[Span], locked: str) -> Fragment:
    parts: list[Piece] = [piece for line in lines for piece in pieces(data, line, _PLACEHOLDERS)]
    return Fragment(Span(lines[0].start, lines[-1].end), tuple(parts), locked)
