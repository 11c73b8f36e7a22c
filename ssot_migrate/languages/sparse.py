"""Python text without the bodies of functions that nobody asks for, all other bytes in their places.

Parsing is the largest single cost of a scan, and most functions hold nothing that a rule looks for.
Their bodies are blanked; ``0`` at the last byte of each keeps the ends of functions and classes true.
What is skipped is found from strings and indentation alone, which tells it beyond doubt for text that
Python can read. Text of which that is not so (tabs, old line ends, a function that ends in the middle of
a line) is given whole.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ssot_migrate.edits import Span

_TRIPLE = re.compile(rb"\"\"\"|'''")
_QUOTED = rb"\"(?:[^\"\\\n]|\\(?:\r\n|.))*\"|'(?:[^'\\\n]|\\(?:\r\n|.))*'"
_TOKEN = re.compile(rb"#[^\n]*|\"\"\"|'''|" + _QUOTED, re.DOTALL)
_HEADER = re.compile(
    rb"#[^\n]*|\"\"\"|'''|" + _QUOTED + rb"|[(\[{]|[)\]}]|:(?:[ ]*(?:#[^\n\\]*)?\r?\n)?", re.DOTALL
)
_TAIL = {quote: re.compile(rb"(?:[^\\]|\\.)*?" + quote, re.DOTALL) for quote in (b'"""', b"'''")}
_PLAIN_HEADER = re.compile(rb"[^\n\"'#()\[\]{}:\\]*\([^\n\"'#()\[\]{}\\]*\)[^\n\"'#()\[\]{}:\\]*:\r?\n")
_ODD = re.compile(rb"\r(?!\n)|\n[ ]*[\t\f]")
_ALWAYS = re.compile(rb"\n[ ]+(?:import|from)[ ]|:=")
_BLANK = bytes(byte if byte in b"\r\n" else ord(" ") for byte in range(256))
_NESTED_FORMATS = sys.version_info >= (3, 12)


class Outline(NamedTuple):
    """The text to parse, and the spans in which it is blank."""

    text: bytes
    blank: tuple[Span, ...]


class Doubtful(Exception):
    """Where functions end cannot be told from strings and indentation."""


def outlined(text: bytes, offsets: Iterable[int], spans: Iterable[Span] = ()) -> Outline | None:
    """``text`` (UTF-8) without the functions that hold none of ``offsets`` and meet none of ``spans``.

    A function is given with all in it, or without its body. Kept in any case are those that import
    something, those with ``:=``, and tests that return or yield. None if there is nothing to leave out.
    """
    wanted = sorted({*offsets, *(found.start() for found in _ALWAYS.finditer(text))})
    try:
        blank = tuple(_skipped(text, wanted, sorted(spans)))
    except Doubtful:
        return None
    return Outline(_blanked(text, blank), blank) if blank else None


@lru_cache(maxsize=1)
def class_blocks(text: bytes) -> tuple[tuple[str, Span], ...]:
    """Name and span of each class statement; none where that cannot be told from the text."""
    try:
        return tuple(_class_blocks(text, _Lines.of(text)))
    except Doubtful:
        return ()


def _class_blocks(text: bytes, lines: _Lines) -> Iterator[tuple[str, Span]]:
    for found in _CLASS.finditer(text):
        start = text.rfind(b"\n", 0, found.start()) + 1
        if not text[start : found.start()].strip(b" ") and not lines.in_string(start):
            end = lines.block_end(found.end(), found.start() - start)
            yield found[1].decode("ascii", "replace"), Span(start, end)


_CLASS = re.compile(rb"class[ ]+(\w+)")
_DEF = re.compile(rb"def[ ]+(\w+)")


def _skipped(text: bytes, wanted: Sequence[int], spans: Sequence[Span]) -> Iterator[Span]:
    lines = _Lines.of(text)
    past = 0
    for found in _DEF.finditer(text):
        start = text.rfind(b"\n", 0, found.start()) + 1
        before = text[start : found.start()]
        if start < past or before.strip(b" ") not in (b"", b"async") or lines.in_string(start):
            continue
        indent = len(before) - len(before.lstrip(b" "))
        body = lines.body_start(found.end())
        if not body:
            continue
        limit = lines.block_end(body - 1, indent)
        decorated = text.find(b"\n" + b" " * indent + b"@", past, start)
        first, past = (decorated if decorated >= 0 else start), limit
        index = bisect_left(wanted, first)
        asked = index < len(wanted) and wanted[index] < limit
        if asked or _meets(spans, first, limit) or _tells(found[1], text, body, limit):
            continue
        end = lines.code_end(body, limit)
        if end - text.rfind(b"\n", 0, end) - 2 > indent:
            yield Span(body, end)


def _meets(spans: Sequence[Span], start: int, end: int) -> bool:
    return any(span.start < end and start < span.end for span in spans)


def _tells(name: bytes, text: bytes, start: int, end: int) -> bool:
    """Whether the facts of a class hold something of the method's body: what a test returns."""
    return name.startswith(b"test") and (
        text.find(b"return", start, end) >= 0 or text.find(b"yield", start, end) >= 0
    )


def _blanked(text: bytes, spans: Iterable[Span]) -> bytes:
    pieces: list[bytes] = []
    position = 0
    for span in spans:
        pieces += (text[position : span.start], text[span.start : span.end - 1].translate(_BLANK), b"0")
        position = span.end
    return b"".join((*pieces, text[position:]))


class _Lines:
    """Where lines of code begin, seen from the strings that reach over several lines."""

    def __init__(self, text: bytes) -> None:
        if any(mark in text for mark in (b"\r", b"\t", b"\f")) and _ODD.search(text):
            raise Doubtful
        self.text = text
        self.strings = list(_strings(text))
        self.starts = [start for start, _ in self.strings]

    @staticmethod
    @lru_cache(maxsize=1)
    def of(text: bytes) -> _Lines:
        """The lines of the text that is being scanned, looked through once."""
        return _Lines(text)

    def in_string(self, offset: int) -> int:
        """The end of the string over several lines that ``offset`` lies in; 0 if in none."""
        index = bisect_right(self.starts, offset) - 1
        return self.strings[index][1] if index >= 0 and offset < self.strings[index][1] else 0

    def body_start(self, position: int) -> int:
        """Where the lines of a body begin, after the header in which ``position`` lies; 0 if on that line."""
        if plain := _PLAIN_HEADER.match(self.text, position):
            return plain.end()
        depth = 0
        for found in _HEADER.finditer(self.text, position):
            token = found[0]
            if token in (b'"""', b"'''"):
                return 0
            if token[0] in b"([{":
                depth += 1
            elif token[0] in b")]}":
                depth -= 1
            elif token.startswith(b":") and not depth:
                return found.end() if token.endswith(b"\n") else 0
        return 0

    def block_end(self, position: int, indent: int) -> int:
        """Where the first line of code begins, after ``position``, that is indented by ``indent`` or less."""
        pattern = _outdented(indent)
        while found := pattern.search(self.text, position):
            inside = self.in_string(found.start())
            if not inside:
                if (
                    self.text[found.start() - 1 : found.start()] == b"\\"
                    or self.text[found.start() - 2 : found.start()] == b"\\\r"
                ):
                    raise Doubtful
                return found.start() + 1
            position = inside
        return len(self.text)

    def code_end(self, start: int, limit: int) -> int:
        """The end of the last statement in the lines ``[start, limit)``, without what is no code after it."""
        end = limit
        while end > start:
            line = self.text.rfind(b"\n", start, end - 1) + 1 or start
            inside = self.in_string(line)
            code = self._code(max(line, inside), end) if inside <= end else self.text[line:end]
            if inside or code.strip():
                code = code.rstrip(b" \r\n")
                if code.endswith(b"\\"):
                    raise Doubtful
                return max(line, inside) + len(code)
            end = line
        raise Doubtful

    def _code(self, start: int, end: int) -> bytes:
        """``text[start:end]``, a line or the rest of one, without its comment."""
        position = start if self.text.find(b"#", start, end) >= 0 else end
        while found := _TOKEN.search(self.text, position, end):
            if found[0].startswith(b"#"):
                return self.text[start : found.start()]
            position = max(found.end(), self.in_string(found.start()))
        return self.text[start:end]


@lru_cache(maxsize=64)
def _outdented(indent: int) -> re.Pattern[bytes]:
    return re.compile(rb"\n[ ]{0,%d}(?=[^ \n\r#])" % indent)


def _strings(text: bytes) -> Iterator[tuple[int, int]]:
    """Start and end of each string in three quotes (of each string, where one may go on past a backslash)."""
    position = 0
    thorough = b"\\\n" in text or b"\\\r\n" in text
    while found := _next_string(text, position, thorough):
        start, quote = found
        if len(quote) > 3 or quote[:1] * 3 != quote:
            position = start + len(quote)
        else:
            position = _string_end(text, start, quote)
        yield start, position


def _next_string(text: bytes, position: int, thorough: bool) -> tuple[int, bytes] | None:
    """The next opening of a string at or after ``position``, which lies outside of all strings."""
    while True:
        found = _TRIPLE.search(text, position) if not thorough else _TOKEN.search(text, position)
        if found is None:
            return None
        if thorough:
            if not found[0].startswith(b"#"):
                return found.start(), found[0]
            position = found.end()
            continue
        line = max(text.rfind(b"\n", 0, found.start()) + 1, position)
        if not _MARKS.search(text, line, found.start()):
            return found.start(), found[0]
        position = line
        for token in _TOKEN.finditer(text, line):
            if token[0] in (b'"""', b"'''"):
                return token.start(), token[0]
            position = token.end()
            if position > found.start():
                break


_MARKS = re.compile(rb"[#\"']")


def _string_end(text: bytes, start: int, quote: bytes) -> int:
    end = text.find(quote, start + 3)
    if end < 0:
        raise Doubtful
    if text.find(b"\\", start, end) >= 0:
        found = _TAIL[quote].match(text, start + 3)
        if found is None:
            raise Doubtful
        end = found.end() - 3
    prefix = text[max(0, start - 2) : start].lower()
    if _NESTED_FORMATS and b"f" in prefix and text.count(b"{", start, end) != text.count(b"}", start, end):
        raise Doubtful
    return end + 3
