"""Which tests may be hollow, from the bytes of a file: all others are never parsed for this rule."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

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


@lru_cache(maxsize=2)
def suspects(path: str, data: bytes) -> frozenset[int]:
    """Offsets of the ``def`` lines of tests that may be hollow."""
    if "test" not in path.lower() or b"def test" not in data:
        return frozenset()
    return frozenset(_suspects(data))


def _suspects(data: bytes) -> Iterator[int]:
    blocks = outline(data)
    patterns = _patterns(data)
    for block in blocks:
        inner = block.above >= 0 and blocks[block.above].kind == b"def"
        is_test = block.kind == b"def" and block.name.startswith(b"test") and not inner
        if is_test and _suspect(data, block, patterns):
            yield block.start


def _patterns(data: bytes) -> list[re.Pattern[bytes]]:
    """What may give a test of this file away."""
    asserts = [_WEAK_ASSERT] if b"assert" in data else []
    silenced = [_SILENCED] if b"except" in data else []
    suppressed = [_SUPPRESSED] if b"suppress(" in data else []
    unwritten = [_UNWRITTEN] if b"NotImplementedError" in data else []
    never = [_NEVER_ENTERED] if any(word in data for word in _EMPTY) else []
    return [*asserts, *silenced, *suppressed, *unwritten, *never]


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


def _suspect(data: bytes, block: Block, patterns: Iterable[re.Pattern[bytes]]) -> bool:
    body = data.find(b":", block.start + len(block.name), block.end)
    if not _asserts(data, body, block.end) and not _checks(data, body, block.end):
        return True
    if any(pattern.search(data, block.start, block.end) for pattern in patterns):
        return True
    return any(_ends(word, data, block.start, block.end) for word in _ENDING)


def _ends(word: bytes, data: bytes, start: int, end: int) -> bool:
    """Whether ``word`` ends a block of statements, and more follows: ``_ENDS``, looked for by its words."""
    lines = (data.rfind(b"\n", start, past) for past in _ends_of(word, data, start, end))
    return any(line >= 0 and _ENDS.match(data, line, end) for line in lines)
