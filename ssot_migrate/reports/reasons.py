"""Reasons that say the same of different code, as one reason."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

_CODE = re.compile(r"\w[._/:(]\w|_|\d|[a-z][A-Z]")
_HOLE = "…"
_REMEMBERED = 50_000  # the same reasons are asked for in each part of each report


@lru_cache(_REMEMBERED)
def pattern(reason: str) -> str:
    """``reason`` with ``…`` for each run of words that look like code, a path or a number."""
    return " ".join(_HOLE + tail if slot else tail for slot, tail in _parts(reason))


def together(reasons: Sequence[str]) -> str:
    """What ``reasons``, all of one pattern, have in common: ``…`` only where they differ."""
    rows = [_parts(reason) for reason in set(reasons)]
    shown = []
    for cells in zip(*rows, strict=True):
        slots = {slot for slot, _ in cells}
        shown.append((slots.pop() if len(slots) == 1 else _HOLE) + cells[0][1])
    return " ".join(shown)


@lru_cache(_REMEMBERED)
def _parts(reason: str) -> list[tuple[str, str]]:
    """Per word what may differ and what may not; neighbours that may differ are one."""
    parts: list[tuple[str, str]] = []
    for word in reason.split(" "):
        core, tail = _cut(word)
        if core and parts and parts[-1][0] and parts[-1][1] in ("", ","):
            parts[-1] = (f"{''.join(parts[-1])} {core}", tail)
        else:
            parts.append((core, tail))
    return parts


@lru_cache(_REMEMBERED)
def _cut(word: str) -> tuple[str, str]:
    """What of a word may differ, and what may not."""
    core = word.rstrip(",;:.")
    return (core, word[len(core) :]) if _CODE.search(core) else ("", word)
