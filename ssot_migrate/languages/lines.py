"""Where lines of code begin, functions and classes end: from strings and indentation, without a parser.

That tells it beyond doubt for text that Python can read; where it would not, as with tabs or old line
ends, nothing is told.
"""

from __future__ import annotations

import re
import sys
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

_QUOTED = rb"\"(?:[^\"\\\n]|\\(?:\r\n|.))*\"|'(?:[^'\\\n]|\\(?:\r\n|.))*'"
TOKEN = re.compile(rb"#[^\n]*|\"\"\"|'''|" + _QUOTED, re.DOTALL)
_HEADER = re.compile(
    rb"#[^\n]*|\"\"\"|'''|" + _QUOTED + rb"|[(\[{]|[)\]}]|:(?:[ ]*(?:#[^\n\\]*)?\r?\n)?", re.DOTALL
)
_TAIL = {quote: re.compile(rb"(?:[^\\]|\\.)*?" + quote, re.DOTALL) for quote in (b'"""', b"'''")}
_PLAIN_HEADER = re.compile(rb"[^\n\"'#()\[\]{}:\\]*\([^\n\"'#()\[\]{}\\]*\)[^\n\"'#()\[\]{}:\\]*:\r?\n")
_ODD = re.compile(rb"\r(?!\n)|\n[ ]*[\t\f]")
_DEF = re.compile(rb"def[ ]+(\w+)")
_NESTED_FORMATS = sys.version_info >= (3, 12)


class Doubtful(Exception):
    """Where functions end cannot be told from strings and indentation."""


class Function(NamedTuple):
    """The lines of a function that is in no other: its decorators on, its body on, and where it ends."""

    name: bytes
    indent: int
    start: int
    body: int
    end: int


class Lines:
    """Where lines of code begin, seen from the strings that reach over several lines."""

    def __init__(self, text: bytes) -> None:
        """Look for the strings of ``text``.

        Raises:
            Doubtful: indentation does not tell its blocks.
        """
        if any(mark in text for mark in (b"\r", b"\t", b"\f")) and _ODD.search(text):
            raise Doubtful
        self.text = text
        self.strings = list(_strings(text))
        self.starts = [start for start, _ in self.strings]

    @staticmethod
    @lru_cache(maxsize=1)
    def of(text: bytes) -> Lines:
        """The lines of the text that is being scanned, looked through once."""
        return Lines(text)

    def in_string(self, offset: int) -> int:
        """The end of the string over several lines that ``offset`` lies in; 0 if in none."""
        index = bisect_right(self.starts, offset) - 1
        return self.strings[index][1] if index >= 0 and offset < self.strings[index][1] else 0

    def functions(self) -> Iterator[Function]:
        """The functions that stand in no other function, but for those written on one line."""
        text, past = self.text, 0
        for found in _DEF.finditer(text):
            start = text.rfind(b"\n", 0, found.start()) + 1
            before = text[start : found.start()]
            if start < past or before.strip(b" ") not in (b"", b"async") or self.in_string(start):
                continue
            indent = len(before) - len(before.lstrip(b" "))
            body = self.body_start(found.end())
            if not body:
                continue
            end = self.block_end(body - 1, indent)
            decorated = text.find(b"\n" + b" " * indent + b"@", max(0, past - 1), start)
            first, past = (decorated + 1 if decorated >= 0 else start), end
            yield Function(found[1], indent, first, body, end)

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
        while found := TOKEN.search(self.text, position, end):
            if found[0].startswith(b"#"):
                return self.text[start : found.start()]
            position = max(found.end(), self.in_string(found.start()))
        return self.text[start:end]


@lru_cache(maxsize=64)
def _outdented(indent: int) -> re.Pattern[bytes]:
    return re.compile(rb"\n[ ]{0,%d}(?=[^ \n\r#])" % indent)


def _strings(text: bytes) -> Iterator[tuple[int, int]]:
    """Start and end of each string in three quotes, and of others that go on past a backslash."""
    marks = {mark: at for mark in _MARKS if (at := text.find(mark)) >= 0}
    position = 0
    while marks:
        at, mark = min([(at, mark) for mark, at in marks.items()])
        if at >= position:
            start, token = _opening(text, position, at, mark)
            position = _string_end(text, start, token) if token in _TAIL else start + len(token)
            if token[:1] in _QUOTES:
                yield start, position
        marks[mark] = text.find(mark, position)
        if marks[mark] < 0:
            del marks[mark]


def _opening(text: bytes, position: int, at: int, mark: bytes) -> tuple[int, bytes]:
    """What ``mark``, the first after ``position``, really belongs to: where that starts, and its token.

    Before it on its line, a string or a comment may open; no string of one quote begins further up.
    """
    opens = _OPENS.search(text, max(text.rfind(b"\n", position, at) + 1, position), at)
    for found in TOKEN.finditer(text, opens.start()) if opens else ():
        if found.start() > at:
            break
        if found.end() > at:
            return found.start(), found[0]
    return at, mark


_MARKS = (*_TAIL, b"\\\n", b"\\\r\n")
_QUOTES = (b'"', b"'")
_OPENS = re.compile(rb"[#\"']")


def _string_end(text: bytes, start: int, quote: bytes) -> int:
    end = text.find(quote, start + 3)
    if end < 0:
        raise Doubtful
    if text.find(b"\\", start, end) >= 0:
        found = _TAIL[quote].match(text, start + 3)
        if found is None:
            raise Doubtful
        end = found.end() - 3
    formats = _NESTED_FORMATS and b"f" in text[max(0, start - 2) : start].lower()
    if formats and text.count(b"{", start, end) != text.count(b"}", start, end):
        raise Doubtful
    return end + 3
