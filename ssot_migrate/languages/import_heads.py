"""Where import statements open a line, from the bytes of a file: quick, and to be confirmed in the tree."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

# Each opens with letters that stand for themselves: the search for those runs at memory speed.
_HEADS = (re.compile(rb"from[ \t]+(\.{2,}|\w+)"), re.compile(rb"import[ \t]+(\w+)"))


@lru_cache(maxsize=2)
def import_heads(data: bytes) -> tuple[tuple[int, bytes], ...]:
    """Offset and text of the first name of each module that is imported, or of the dots before it."""
    return tuple(sorted(found for pattern in _HEADS for found in _opening(pattern, data)))


def _opening(pattern: re.Pattern[bytes], data: bytes) -> Iterator[tuple[int, bytes]]:
    for found in pattern.finditer(data):
        line = data.rfind(b"\n", 0, found.start()) + 1
        if not data[line : found.start()].strip(b" \t"):
            yield found.start(1), found[1]
