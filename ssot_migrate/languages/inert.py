"""Where words stand that no code reads: in comments and in strings, as the text shows without a tree."""

from __future__ import annotations

from bisect import bisect_right

from ssot_migrate.languages.lines import TOKEN, Doubtful, Lines


def is_inert(text: bytes, offset: int) -> bool:
    """Whether ``offset`` of UTF-8 text lies, beyond doubt, in a comment or in a string without expressions.

    ``text`` is Python that can be read. False says that only the tree can tell.
    """
    try:
        lines = Lines.of(text)
    except Doubtful:
        return False
    if lines.in_string(offset):
        return not _holds_code(text, lines.starts[bisect_right(lines.starts, offset) - 1])
    return _on_its_line(lines, offset)


def _on_its_line(lines: Lines, offset: int) -> bool:
    text, position = lines.text, lines.text.rfind(b"\n", 0, offset) + 1
    position = max(position, lines.in_string(position))
    while (found := TOKEN.search(text, position)) and found.start() <= offset:
        if found[0].startswith(b"#"):
            return True
        if _holds_code(text, found.start()):
            return False
        position = max(found.end(), lines.in_string(found.start()))
        if offset < position:
            return True
    return False


def _holds_code(text: bytes, start: int) -> bool:
    """Whether the string that opens at ``start`` may hold expressions, as its prefix tells."""
    prefix = text[max(0, start - 2) : start].lower()
    return b"f" in prefix or b"t" in prefix
