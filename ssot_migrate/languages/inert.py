"""Whether a word is code, as the text shows without a tree: comments and plain strings, and what is a value.

For text that Python can read. False says that only the tree can tell.
"""

from __future__ import annotations

import re
from bisect import bisect_right

from ssot_migrate.languages.lines import TOKEN, Doubtful, Lines

_PREFIX = re.compile(rb"\w+[\"']")
_FROM = re.compile(rb"[ \t]*from [\w.]+ import ")
_CASE = re.compile(rb"^[ \t]*case\b", re.MULTILINE)


def is_inert(text: bytes, offset: int) -> bool:
    """Whether ``offset`` of UTF-8 text is, beyond doubt, in a comment or in a string without expressions."""
    return is_code(text, offset) is False


def is_module(text: bytes, offset: int) -> bool:
    """Whether the word at ``offset`` names a module that names are imported from, on a line of its own."""
    found = _FROM.match(text, text.rfind(b"\n", 0, offset) + 1)
    return found is not None and offset < found.end()


def is_value(text: bytes, offset: int) -> bool:
    """Whether the name at ``offset`` is, beyond doubt, an expression that code takes the value of.

    That is: it follows ``=``, ``->`` or a colon, and is in no pattern.
    """
    head = text[text.rfind(b"\n", 0, offset) + 1 : offset].rstrip(b" ")
    if not head.endswith((b"=", b"->", b":")) or _PREFIX.match(text, offset) or may_match(text):
        return False
    return is_code(text, offset) is True


def may_match(text: bytes) -> bool:
    """Whether there may be patterns, in which a name is bound where it looks like a value."""
    return b"match" in text and _CASE.search(text) is not None


def is_code(text: bytes, offset: int) -> bool | None:
    """Whether code stands at ``offset``; None where that is not known."""
    try:
        lines = Lines.of(text)
    except Doubtful:
        return None
    if lines.in_string(offset):
        start = lines.starts[bisect_right(lines.starts, offset) - 1]
        return None if _holds_code(text, start) else False
    position = text.rfind(b"\n", 0, offset) + 1
    position = max(position, lines.in_string(position))
    while (found := TOKEN.search(text, position)) and found.start() <= offset:
        if found[0].startswith(b"#"):
            return False
        if _holds_code(text, found.start()):
            return None
        position = max(found.end(), lines.in_string(found.start()))
        if offset < position:
            return False
    return True


def _holds_code(text: bytes, start: int) -> bool:
    """Whether the string that opens at ``start`` may hold expressions, as its prefix tells."""
    return text[max(0, start - 2) : start].lower().endswith((b"f", b"t", b"fr", b"tr"))
