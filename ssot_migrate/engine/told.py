"""Uses of compliant names that the text tells: no function need be parsed for them, and often no file."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence

from ssot_migrate.languages.blocks import functions
from ssot_migrate.languages.inert import is_code, is_inert
from ssot_migrate.languages.lines import Function
from ssot_migrate.languages.scopes import absolute
from ssot_migrate.languages.words import may_bind, open_bindings, word_offsets

_FOLLOWING, _IMPORTING = (b".", b"(", b"["), (b"import", b"from")
_IMPORT = re.compile(
    rb"^([ ]*)from[ ]+(\.*)([\w.]*)[ ]+import[ ]+(\w+(?:[ ]*,[ ]*\w+)*)[ ]*(?:#[^\n]*)?\r?$", re.MULTILINE
)


def told_uses(text: bytes, word: bytes, package: str) -> tuple[str, int] | None:
    """What a module of ``package`` imports as ``word``, and how often code of UTF-8 ``text`` uses that.

    None where the text leaves it open, or the module does not import it, or binds it otherwise anywhere.
    """
    standing = [offset for offset in word_offsets(text, word) if not is_inert(text, offset)]
    bound = set(open_bindings(text, word.decode(), 0, len(text))).intersection(standing)
    imports = {_imported(text, offset, word, package) for offset in bound}
    modules = {module for module, _ in imports}
    uses = [offset for offset in standing if offset not in bound]
    told = len(modules) == 1 and any(own for _, own in imports)
    if not told or not all(_is_use(text, offset, offset + len(word)) for offset in uses):
        return None
    return f"{modules.pop()}.{word.decode()}", len(uses)


def _imported(text: bytes, offset: int, word: bytes, package: str) -> tuple[str, bool]:
    """From which module ``word`` is imported at ``offset``, and whether by the module's own body."""
    start = text.rfind(b"\n", 0, offset) + 1
    line = _IMPORT.match(text, start)
    if not line or offset < line.start(4) or _goes_on(text, start) or not is_code(text, offset):
        return "", False
    return absolute(line[3].decode() or None, len(line[2]), package), not line[1]


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
    return (
        text.find(b"class ", one.body, one.end) < 0
        and all(_is_use(text, offset, offset + len(word)) for offset in offsets)
        and not may_bind(text, word.decode(), one.start, one.end)
    )


def _is_use(text: bytes, offset: int, end: int) -> bool:
    """Whether a word is a name that code uses, beyond doubt."""
    start = text.rfind(b"\n", 0, offset) + 1
    before = text[start:offset].strip(b" ")
    if not text.startswith(_FOLLOWING, end) or before.endswith(b".") or any(m in before for m in _IMPORTING):
        return False
    return not _goes_on(text, start, alone=not before) and is_code(text, offset) is True


def _goes_on(text: bytes, start: int, alone: bool = False) -> bool:
    """Whether the line at ``start`` may go on with the one above; ``alone``: with its first word."""
    above = text[:start].rstrip()
    return above.endswith((b".", b"\\")) or (alone and b"#" in above[above.rfind(b"\n") + 1 :])
