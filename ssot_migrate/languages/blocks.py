"""Functions and classes of the text that is being scanned, where it tells them without a parser."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from ssot_migrate.edits import Span
from ssot_migrate.languages.lines import Doubtful, Function, Lines


@lru_cache(maxsize=1)
def class_blocks(text: bytes) -> tuple[tuple[str, Span], ...]:
    """Name and span of each class statement; none where that cannot be told from the text."""
    try:
        return tuple(_class_blocks(text, Lines.of(text)))
    except Doubtful:
        return ()


@lru_cache(maxsize=1)
def functions(text: bytes) -> tuple[Function, ...]:
    """The functions that stand in no other function; none where that cannot be told from the text."""
    try:
        return tuple(Lines.of(text).functions())
    except Doubtful:
        return ()


def named(text: bytes, names: re.Pattern[str]) -> Iterator[Span]:
    """Functions whose name matches, of those that stand in no other function."""
    for one in functions(text):
        if names.fullmatch(one.name.decode("ascii", "replace")):
            yield Span(one.body, one.end)


def _class_blocks(text: bytes, lines: Lines) -> Iterator[tuple[str, Span]]:
    for found in _CLASS.finditer(text):
        start = text.rfind(b"\n", 0, found.start()) + 1
        if not text[start : found.start()].strip(b" ") and not lines.in_string(start):
            end = lines.block_end(found.end(), found.start() - start)
            yield found[1].decode("utf-8", "replace"), Span(start, end)


_CLASS = re.compile(rb"class[ \t]+([\w\x80-\xff]+)")
