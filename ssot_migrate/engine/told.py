"""Uses of compliant names that the text of a function tells: its body need not be parsed for them."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ssot_migrate.languages.blocks import functions
from ssot_migrate.languages.lines import Function, Lines
from ssot_migrate.languages.words import may_bind, word_offsets

_DOUBT = (b"#", b'"', b"'", b"import", b"from")
_FOLLOWING = (b".", b"(", b"[")


def untold(text: bytes, word: bytes) -> Iterator[int]:
    """Where ``word`` stands in UTF-8 ``text``, but where it is beyond doubt what the module calls so.

    That is in the bodies of functions that do not bind it, hold no class, and have it only in code.
    """
    offsets = list(word_offsets(text, word))
    done = 0
    for one in functions(text) if offsets else ():
        first, past = (bisect_left(offsets, limit) for limit in (one.body, one.end))
        if first < past and _tells(text, word, one, offsets[first:past]):
            yield from offsets[done:first]
            done = past
    yield from offsets[done:]


def _tells(text: bytes, word: bytes, one: Function, offsets: Sequence[int]) -> bool:
    lines = Lines.of(text)
    return (
        text.find(b"class ", one.body, one.end) < 0
        and not any(lines.in_string(offset) for offset in offsets)
        and all(_is_code(text, offset, offset + len(word)) for offset in offsets)
        and not may_bind(text, word.decode(), one.start, one.end)
    )


def _is_code(text: bytes, offset: int, end: int) -> bool:
    """Whether a word outside strings over several lines is a name that code uses, beyond doubt."""
    start = text.rfind(b"\n", 0, offset) + 1
    before = text[start:offset].strip(b" ")
    if not text.startswith(_FOLLOWING, end) or before.endswith(b".") or any(m in before for m in _DOUBT):
        return False
    above = text[:start].rstrip()
    goes_on = above.endswith((b".", b"\\"))
    return not goes_on and bool(before or b"#" not in above[above.rfind(b"\n") + 1 :])
