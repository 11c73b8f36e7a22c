"""Shell text in fenced code blocks of Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_migrate.edits import Span
from ssot_migrate.languages.fences import blocks
from ssot_migrate.languages.fragments import Fragment, Piece
from ssot_migrate.languages.pieces import pieces, substituted
from ssot_migrate.model import Source

_LANGUAGES = {"bash", "sh", "shell", "zsh", "console"}
_PROMPT = re.compile(rb"[ \t]*\$[ \t]+")
_CONTINUED = re.compile(rb"[ \t]*>[ \t]+")
_PLACEHOLDERS = substituted(rb"<[A-Za-z](?:[\w ./|-]*[\w.])?>")


def texts(source: Source) -> Iterator[Fragment]:
    """One shell text per fenced block, or one per prompt of a session."""
    data = source.data
    for block in blocks(data):
        if block.language not in _LANGUAGES:
            continue
        locked = "" if block.closed else "the fence is never closed"
        lines = block.lines(data)
        if block.language == "console" or any(_PROMPT.match(data, *_bounds(line)) for line in lines):
            yield from _session(data, lines, locked)
        elif lines:
            yield _fragment(data, lines, locked)


def outline(source: Source) -> object:
    """The fences, in order."""
    data = source.data
    return [(b.fence, b.language, len(b.lines(data)), b.closed) for b in blocks(data)]


def _bounds(span: Span) -> tuple[int, int]:
    return span.start, span.end


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
