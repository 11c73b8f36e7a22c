"""Functions and classes of a Python file, from its bytes alone: quick, and to be confirmed in the tree."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import NamedTuple

_HEAD = (re.compile(rb"def[ \t]+(\w+)"), re.compile(rb"class[ \t]+(\w+)"))
_BEFORE = (b"", b"async")
_TAB = 8


class Block(NamedTuple):
    """A ``def`` or ``class`` that opens a line: its name, and its bytes from that line on.

    ``end`` is where a block of no deeper indentation opens. ``above`` is the index of the block
    around it, -1 at module level. ``indent`` is in columns.
    """

    kind: bytes
    name: bytes
    indent: int
    start: int
    end: int
    is_async: bool
    above: int


@lru_cache(maxsize=2)
def outline(data: bytes) -> tuple[Block, ...]:
    """Blocks in the order of their lines, as indentation tells; heads inside strings are among them."""
    heads = sorted(
        head for pattern in _HEAD for found in pattern.finditer(data) if (head := _head(data, found))
    )
    ends = [len(data)] * len(heads)
    aboves: list[int] = []
    around: list[int] = []
    for index, (start, indent, *_) in enumerate(heads):
        while around and heads[around[-1]][1] >= indent:
            ends[around.pop()] = start
        aboves.append(around[-1] if around else -1)
        around.append(index)
    return tuple(
        Block(kind, name, indent, start, end, is_async, above)
        for (start, indent, is_async, kind, name), end, above in zip(heads, ends, aboves, strict=True)
    )


def _head(data: bytes, found: re.Match[bytes]) -> tuple[int, int, bool, bytes, bytes] | None:
    line = max(data.rfind(b"\n", 0, found.start()), data.rfind(b"\r", 0, found.start())) + 1
    before = data[line : found.start()].removeprefix(b"\xef\xbb\xbf")
    word = before.strip()
    if word not in _BEFORE:
        return None
    blank = before[: len(before) - len(before.lstrip())]
    kind = data[found.start() : found.start() + 3]
    return line, len(blank.expandtabs(_TAB)), bool(word), kind, found[1]
