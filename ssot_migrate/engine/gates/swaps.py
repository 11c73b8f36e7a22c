"""Edits that put another name in the place of one that is called, which their own bytes show to be harmless.

``Mock(`` becomes ``get_mock().create_mock(``. A dotted name before a bracket is an expression, unless it is
being defined or is a pattern, and any other expression of that kind can stand there: in code, where it
binds nothing and reads one name, as in a string or a comment, in which it has no quote to end it.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from functools import lru_cache
from keyword import iskeyword, issoftkeyword

from ssot_migrate.edits import Edit
from ssot_migrate.languages.inert import may_match

_NAME = re.compile(rb"(?<![\w\\\x80-\xff])([A-Za-z_]\w*)(?:\.[A-Za-z_]\w*)*")
_BRACKET = re.compile(rb"(?:\.[A-Za-z_]\w*)*[(\[]")
_FRESH = re.compile(r"([A-Za-z_]\w*)(?:\.[A-Za-z_]\w*|\(\))*", re.ASCII)
_WORD = re.compile(r"\w+")
_DEFINING = (b"def", b"class", b"type")


def swaps(text: bytes, edits: Sequence[Edit]) -> Mapping[Edit, str]:
    """The ``edits`` of UTF-8 ``text`` that swap called names, each with the one name that it then reads.

    Only names that another of the ``edits`` imports; where it puts them is not looked at here.
    """
    if may_match(text):
        return {}
    brought = {name for edit in edits if "import " in edit.text for name in _WORD.findall(edit.text)}
    names = brought.intersection(map(_fresh, {edit.text for edit in edits}))
    if b"global" in text or b"nonlocal" in text:  # of a name that must then not be read above it
        names = {name for name in names if name.encode() not in text}
    return {edit: name for edit in edits if (name := _fresh(edit.text)) in names and _is_called(text, edit)}


@lru_cache(maxsize=256)
def _fresh(text: str) -> str:
    """The name that the expression ``text`` reads; empty if it is not one of names, dots and bare calls."""
    found = _FRESH.fullmatch(text)
    if not found or found[1].startswith("__") or issoftkeyword(found[1]):
        return ""
    return "" if any(iskeyword(word) for word in _WORD.findall(text)) else found[1]


def _is_called(text: bytes, edit: Edit) -> bool:
    """Whether ``edit`` replaces a dotted name that is used there: a bracket follows, and no definition."""
    found = _NAME.fullmatch(text, edit.start, edit.end)
    if not found or not _BRACKET.match(text, edit.end):
        return False
    name, line = found[1].decode(), text.rfind(b"\n", 0, edit.start) + 1
    if iskeyword(name) or issoftkeyword(name) or b"\\" in text[max(0, line - 3) : line]:
        return False
    return not text[line : edit.start].rstrip(b" \t\f").endswith(_DEFINING)
