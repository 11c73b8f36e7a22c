"""Gate: module docstring and ``__future__`` imports stay where they were."""

from __future__ import annotations

import re

_FUTURE = re.compile(rb"^[ \t]*from[ \t]+__future__[ \t]+import[^\r\n]*", re.MULTILINE)
_QUOTE = re.compile(rb"(?:\xef\xbb\xbf)?(?:[ \t\f]*(?:#[^\r\n]*)?\r?\n)*[rRuU]?(\"\"\"|'''|\"|')")


def displaced_head(before: bytes, after: bytes) -> str:
    """A reason if the docstring or a ``__future__`` import moved or changed; empty if not."""
    future = b"__future__" in before or b"__future__" in after
    if future and _FUTURE.findall(before) != _FUTURE.findall(after):
        return "head-guard: a __future__ import would change"
    opening = _QUOTE.match(before)
    if opening and before[: opening.end()] != after[: opening.end()]:
        return "head-guard: the module docstring would move"
    return ""
