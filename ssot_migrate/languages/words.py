"""Whole identifiers in UTF-8 text, and whether those at given places are code."""

from __future__ import annotations

import ast
import re
from collections.abc import Collection, Iterator
from functools import lru_cache

_WORD = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")


def word_offsets(text: bytes, word: str | bytes) -> Iterator[int]:
    """Where ``word`` stands in ``text`` as a whole identifier."""
    for found in _ends_there(word.encode() if isinstance(word, str) else word).finditer(text):
        position = found.start()
        if position == 0 or text[position - 1] not in _WORD:
            yield position


@lru_cache(maxsize=256)
def _ends_there(word: bytes) -> re.Pattern[bytes]:
    """``word`` where no further letter follows; a literal in front lets the search run at memory speed."""
    return re.compile(re.escape(word) + rb"(?![A-Za-z0-9_])")


def code_uses(text: bytes, tree: ast.Module, name: str, offsets: Collection[int]) -> bool:
    """Whether ``name`` is used as a name by code at one of ``offsets`` (strings and comments are not)."""
    from ssot_migrate.languages.decoding import line_starts

    starts = line_starts(text)
    wanted = set(offsets)
    for node in ast.walk(tree):
        match node:
            case ast.Name(id=found) if found == name:
                if starts[node.lineno - 1] + node.col_offset in wanted:
                    return True
            case ast.Global(names=names) | ast.Nonlocal(names=names) if name in names:
                return True
    return False
