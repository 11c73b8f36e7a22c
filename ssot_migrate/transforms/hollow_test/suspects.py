"""Which tests may be hollow, from the bytes of a file: all others are never parsed for this rule."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ssot_migrate.languages.outline import Block, outline

# What is called by a name with one of these in it may check something: to look for each is quicker by far.
_CHECKS = (
    *(b"raise", b"fail", b"Fail", b"warn", b"expect", b"Expect", b"verif", b"Verif", b"check", b"Check"),
    *(b"should", b"ensure", b"Ensure", b"must", b"require", b"Require", b"match", b"Match", b"valid"),
    *(b"Valid", b"compar", b"Compar", b"equal", b"Equal", b"same", b"Same", b"snapshot", b"Snapshot"),
    *(b"approv", b"exit", b"golden", b"Golden"),
)
_CALLED = re.compile(rb"\w*[(.]|(?<=raise)[ \t]")
_WEAK_ASSERT = re.compile(
    rb"""assert(?:
        True\(\s*(?:True|1|["'])|False\(\s*(?:False|0)|IsNone\(\s*None|IsNotNone\(\s*["'\d\[({]
        |(?:Equals?|Is|Equal|GreaterEqual)\(\s*([\w.\[\]"']+)\s*,\s*\1\s*[,)]
        |Greater(?:Equal)?\(\s*len\(
        |[ \t(]+(?:True|not[ \t(]+False|\d+|[rbfRBF]{0,2}(?:"[^"\n]*"|'[^'\n]*'))[ \t]*(?:$|[,#)\r\n])
        |[ \t(]+([\w.\[\]"']+)[ \t]*(?:==|is|<=|>=)[ \t]*\2[ \t]*(?:$|[,#\r\n)])
        |[^\n]*\bor[ \t](?:True|[1-9]|["']|not[ \t(]|[^\n]*(?:is[ \t]not|not[ \t]in|!=)[ \t])
        |[^\n]*\blen\([^\n]*>(?:=[ \t]*0|[ \t]*-1)\b
        |[ \t]*\([^\n]*,[ \t]*f?["'][^\n]*\)[ \t]*(?:$|[\#\r\n])
    )""",
    re.MULTILINE | re.VERBOSE,
)
_ENDS = re.compile(
    rb"""\n([ \t]+)(?:return\b|raise\b|(?:pytest\.|self\.)?(?:skip|fail|xfail|exit|skipTest)\()[^\n]*\n
        (?:\1[ \t)\]}][^\n]*\n|[ \t]*(?:\#[^\n]*)?\r?\n)*
        \1[^\s)\]}\#]""",
    re.VERBOSE,
)
_ENDING = (b"return", b"raise", b"skip(", b"fail(", b"exit(", b"skipTest(")
_SUPPRESSED = re.compile(rb"suppress\(")
_SILENCED = re.compile(
    rb"""except(?:[ \t]*:|[^\n]*\b(?:Exception|BaseException|AssertionError)\b[^\n]*:)
        (?:\s|\#[^\n]*)*(?:pass\b|\.\.\.|continue\b|return\b|raise[ ]\w+\.Skip|print\(|_?log|traceback
            |warn|console|self\.(?:skip|log)|pytest\.skip|assert[ ]True|["'])""",
    re.VERBOSE,
)
_UNWRITTEN = re.compile(rb":\s*(?:\"\"\"[^\"]*\"\"\"\s*)?raise NotImplementedError")
_EMPTY = (b" in []:", b" in ():", b" in {}:", b" in range(0):", b" if False:", b" if 0:", b" while False:")
_NEVER_ENTERED = re.compile(b"|".join(map(re.escape, _EMPTY)))


class Suspect(NamedTuple):
    """The lines of a test that may be hollow; ``bare``: so it is unless what it calls checks for it."""

    start: int
    end: int
    bare: bool


@lru_cache(maxsize=2)
def suspects(path: str, data: bytes) -> frozenset[int]:
    """Offsets of the ``def`` lines of tests that may be hollow."""
    if "test" not in path.lower() or b"def test" not in data:
        return frozenset()
    return frozenset(one.start for one in suspected(data))


@lru_cache(maxsize=1)
def suspected(data: bytes) -> tuple[Suspect, ...]:
    """The tests of a file that may be hollow."""
    return tuple(_suspects(data))


def _suspects(data: bytes) -> Iterator[Suspect]:
    blocks = outline(data)
    patterns, ends = _patterns(data), _ends(data)
    for block in blocks:
        inner = block.above >= 0 and blocks[block.above].kind == b"def"
        if block.kind == b"def" and block.name.startswith(b"test") and not inner:
            bare = _is_bare(data, block)
            told = bare or any(pattern.search(data, block.start, block.end) for pattern in patterns)
            if told or _goes_on(block, data, ends):
                yield Suspect(block.start, block.end, bare)


def _patterns(data: bytes) -> list[re.Pattern[bytes]]:
    """What may give a test of this file away."""
    silenced = [_SILENCED] if b"except" in data else []
    suppressed = [_SUPPRESSED] if b"suppress(" in data else []
    unwritten = [_UNWRITTEN] if b"NotImplementedError" in data else []
    never = [_NEVER_ENTERED] if any(word in data for word in _EMPTY) else []
    return [*silenced, *suppressed, *unwritten, *never]


def _asserts(data: bytes, start: int, end: int) -> bool:
    """Whether the word stands anywhere but in comments."""
    found = data.find(b"assert", start, end)
    while found >= 0 and b"#" in data[data.rfind(b"\n", 0, found) + 1 : found]:
        found = data.find(b"assert", found + 1, end)
    return found >= 0


def _checks(data: bytes, start: int, end: int) -> bool:
    """Whether something is called that may check something, or raised."""
    return any(
        _CALLED.match(data, past, end) for word in _CHECKS for past in _ends_of(word, data, start, end)
    )


def _ends_of(word: bytes, data: bytes, start: int, end: int) -> Iterator[int]:
    """Where ``word`` ends, as a word or in one."""
    found = data.find(word, start, end)
    while found >= 0:
        yield found + len(word)
        found = data.find(word, found + 1, end)


def _is_bare(data: bytes, block: Block) -> bool:
    """Whether nothing that stands in a test checks for it, or only what always holds."""
    body = data.find(b":", block.start + len(block.name), block.end)
    if not _asserts(data, body, block.end) and not _checks(data, body, block.end):
        return True
    return _WEAK_ASSERT.search(data, block.start, block.end) is not None


def _ends(data: bytes) -> list[int]:
    """The ends of the lines before those on which one of the words stands that ``_ENDS`` looks for."""
    found = (past for word in _ENDING for past in _ends_of(word, data, 0, len(data)))
    return sorted({data.rfind(b"\n", 0, past) for past in found})


def _goes_on(block: Block, data: bytes, ends: Sequence[int]) -> bool:
    """Whether a block of statements ends on a line after one of ``ends``, and more follows."""
    lines = ends[bisect_left(ends, block.start) : bisect_left(ends, block.end)]
    return any(_ENDS.match(data, line, block.end) for line in lines)
