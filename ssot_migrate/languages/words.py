"""Whole identifiers in UTF-8 text, and whether those at given places are code."""

from __future__ import annotations

import ast
import re
from bisect import bisect_left, bisect_right
from collections.abc import Collection, Iterator, Sequence

from ssot_migrate.languages.decoding import line_starts

WORD = frozenset(b"abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_")


def word_offsets(text: bytes, word: str | bytes) -> Iterator[int]:
    """Where ``word`` stands in ``text`` as a whole identifier.

    What begins or ends with a quote or another sign ends there itself: ``"pytest`` stands in ``f"pytest``.
    """
    return _standing(text, word.encode() if isinstance(word, str) else word, 0, len(text))


def _standing(text: bytes, word: bytes, start: int, end: int) -> Iterator[int]:
    position = text.find(word, start, end)
    opens, closes = WORD.isdisjoint(word[:1]), WORD.isdisjoint(word[-1:])
    while position >= 0:
        past = position + len(word)
        whole = closes or past == end or text[past] not in WORD
        if whole and (opens or not position or text[position - 1] not in WORD):
            yield position
        position = text.find(word, past if whole and word else position + 1, end)


def may_bind(text: bytes, name: str, start: int, end: int) -> bool:
    """Whether ``text[start:end]`` leaves it open that ``name`` is bound there; quick where it does not."""
    return next(open_bindings(text, name, start, end), None) is not None


def open_bindings(text: bytes, name: str, start: int, end: int) -> Iterator[int]:
    """Where ``text[start:end]`` leaves it open that ``name`` is bound.

    A name that is only ever followed by ``.``, ``(`` or ``[`` is used, not bound, unless a
    ``def``, ``class``, ``import`` or ``type`` stands before it.
    """
    word = name.encode()
    for position in _standing(text, word, start, end):
        if position and text[position - 1] == _DOT:
            continue
        past = position + len(word)
        while past < end and text[past] in _BLANKS:
            past += 1
        used = past < end and text[past] in _FOLLOWING
        if not used or _DEFINES.search(text, max(0, position - 20), position):
            yield position


_DOT = ord(".")
_BLANKS, _FOLLOWING = frozenset(b" \t"), frozenset(b".([")
_DEFINES = re.compile(rb"(?:def|class|import|type)[ \t]+\Z")


def is_plain_use(text: bytes, name: str, offset: int) -> bool:
    """Whether the text around ``name`` at ``offset`` shows that code uses it there, beyond doubt.

    That is: ``.``, ``(`` or ``[`` follows, no dot, quote or ``#`` stands before it on its line,
    and the triple quotes before it are even in number.
    """
    follows = text[offset + len(name.encode()) : offset + len(name.encode()) + 1]
    line = text[text.rfind(b"\n", 0, offset) + 1 : offset]
    if follows not in (b".", b"(", b"[") or line.endswith(b".") or any(mark in line for mark in _OPENING):
        return False
    return text.count(b'"""', 0, offset) % 2 == 0 and text.count(b"'''", 0, offset) % 2 == 0


_OPENING = (b"#", b'"', b"'")


def code_uses(text: bytes, tree: ast.Module, name: str, offsets: Collection[int]) -> bool:
    """Whether ``name`` is used as a name by code at one of ``offsets`` (strings and comments are not)."""
    starts = line_starts(text)
    lines = sorted({bisect_right(starts, offset) for offset in offsets})
    wanted = set(offsets)
    for node in spanning(tree, lines):
        match node:
            case ast.Name(id=found) if found == name:
                if starts[node.lineno - 1] + node.col_offset in wanted:
                    return True
            case ast.Global(names=names) | ast.Nonlocal(names=names) if name in names:
                return True
    return False


def spanning(tree: ast.AST, lines: Sequence[int]) -> Iterator[ast.AST]:
    """Nodes that reach over one of the sorted ``lines``; those without a place of their own always."""
    queue = [tree]
    while queue:
        node = queue.pop()
        yield node
        for child in ast.iter_child_nodes(node):
            first = getattr(child, "lineno", 0)
            decorators = getattr(child, "decorator_list", None)
            first = decorators[0].lineno if decorators else first
            index = bisect_left(lines, first)
            if not first or (
                index < len(lines) and lines[index] <= (getattr(child, "end_lineno", 0) or first)
            ):
                queue.append(child)
