"""Where the strings and arrays of a TOML document stand, which ``tomllib`` does not tell.

The scan trusts that the document is valid; ``tomllib`` has read it before, and what the
scan finds is compared with what ``tomllib`` found.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from ssot_migrate.edits import Span

Path = tuple[str | int, ...]

_BLANK = re.compile(rb"(?:[ \t\r\n]|#[^\n]*)*+")
_KEY = re.compile(rb"""[ \t]*(?:([\w-]+)|"((?:[^"\\]|\\.)*)"|'([^']*)')[ \t]*(\.?)""")
_BARE = re.compile(rb"(?:\d{4}-\d\d-\d\d (?=\d))?[^\s,\]}#]+")
_STRINGS = {
    b'"""': re.compile(rb'"""(?:\r?\n)?((?:[^"\\]|\\.|"(?!""))*+"{0,2})"""', re.DOTALL),
    b"'''": re.compile(rb"'''(?:\r?\n)?((?:[^']|'(?!''))*+'{0,2})'''", re.DOTALL),
    b'"': re.compile(rb'"((?:[^"\\]|\\.)*+)"'),
    b"'": re.compile(rb"'([^']*+)'"),
}


@dataclass(frozen=True)
class Value:
    """A value at ``path``: a string (``span`` inside the quotes), an array with its items, or another."""

    path: Path
    span: Span
    quote: str = ""
    items: tuple[Value, ...] = ()


def values(data: bytes, start: int) -> Iterator[Value]:
    """Every value of a valid document, those of inline tables and arrays before the whole.

    Raises:
        LookupError: text that the scan does not understand.
    """
    table: Path = ()
    counts: Counter[Path] = Counter()
    position = _after(_BLANK, data, start)
    while position < len(data):
        if data[position : position + 1] == b"[":
            array = data[position + 1 : position + 2] == b"["
            path, position = _key(data, position + 1 + array)
            position += 1 + array
            table = _numbered(path, counts, array)
        else:
            found, position = _pair(data, position, table)
            yield from found
        position = _after(_BLANK, data, position)


def _numbered(path: Path, counts: Counter[Path], array: bool) -> Path:
    """``path`` with the index of the current element after each array of tables in it."""
    table: Path = ()
    for depth, part in enumerate(path, start=1):
        table = (*table, part)
        counts[table] += array and depth == len(path)
        if counts[table]:
            table = (*table, counts[table] - 1)
    return table


def _after(pattern: re.Pattern[bytes], data: bytes, position: int) -> int:
    match = pattern.match(data, position)
    return match.end() if match else position


def _key(data: bytes, position: int) -> tuple[Path, int]:
    parts: list[str] = []
    more = True
    while more:
        match = _KEY.match(data, position)
        if match is None:
            raise LookupError(f"no key at byte {position}")
        parts.append(next(part for part in match.groups()[:3] if part is not None).decode())
        position, more = match.end(), bool(match[4])
    return tuple(parts), position


def _pair(data: bytes, position: int, table: Path) -> tuple[list[Value], int]:
    """``key = value``."""
    key, position = _key(data, position)
    if data[position : position + 1] != b"=":
        raise LookupError(f"no = at byte {position}")
    return _value(data, _after(_BLANK, data, position + 1), (*table, *key))


def _value(data: bytes, position: int, path: Path) -> tuple[list[Value], int]:
    opening = data[position : position + 1]
    if opening == b"[":
        return _array(data, position, path)
    if opening == b"{":
        return _table(data, position, path)
    for quote, pattern in _STRINGS.items():
        match = pattern.match(data, position) if data.startswith(quote, position) else None
        if match:
            return [Value(path, Span(*match.span(1)), quote.decode())], match.end()
    bare = _BARE.match(data, position)
    if bare is None:
        raise LookupError(f"no value at byte {position}")
    return [Value(path, Span(*bare.span()))], bare.end()


def _array(data: bytes, start: int, path: Path) -> tuple[list[Value], int]:
    found: list[Value] = []
    items: list[Value] = []
    position = _after(_BLANK, data, start + 1)
    while data[position : position + 1] != b"]":
        inner, position = _value(data, position, (*path, len(items)))
        found += inner
        items.append(inner[-1])
        position = _separator(data, position)
    whole = Value(path, Span(start, position + 1), items=tuple(items))
    return [*found, whole], position + 1


def _table(data: bytes, start: int, path: Path) -> tuple[list[Value], int]:
    found: list[Value] = []
    position = _after(_BLANK, data, start + 1)
    while data[position : position + 1] != b"}":
        inner, position = _pair(data, position, path)
        found += inner
        position = _separator(data, position)
    return [*found, Value(path, Span(start, position + 1))], position + 1


def _separator(data: bytes, position: int) -> int:
    position = _after(_BLANK, data, position)
    return _after(_BLANK, data, position + 1) if data[position : position + 1] == b"," else position
