"""Which functions this rule must see the bodies of, told from the text of a file."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_migrate.edits import Span
from ssot_migrate.languages.blocks import class_blocks, functions
from ssot_migrate.languages.lines import Function
from ssot_migrate.languages.words import word_offsets

_ALONE = re.compile(rb"[ ]*class[ \t]+[\w\x80-\xff]+[ \t]*(?:\([ \t]*\)[ \t]*)?:")
_ASYNC = re.compile(rb"\basync[ \t]+def\b")


def read_whole(text: bytes) -> Iterator[Span]:
    """Classes on others that may have a shape, and tests in such classes that may tell how they end."""
    heirs = [span for _, span in class_blocks(text) if not _ALONE.match(text, span.start)]
    methods = [one for one in functions(text) if one.indent] if heirs else []
    tests = [one for one in methods if one.name.startswith(b"test") or one.name == b"runTest"]
    for span in heirs:
        if text.startswith(b"class", span.start) and not any(span.start < t.start < span.end for t in tests):
            yield span
    for test in tests:
        if _may_tell(test, text):
            yield Span(test.body, test.end)


def _may_tell(test: Function, text: bytes) -> bool:
    """Whether the facts of a class hold what a test of this body does in the end."""
    word = b"yield" if _ASYNC.search(text, test.start, test.body) else b"return"
    found = text.find(word, test.body, test.end) >= 0
    return found and next(word_offsets(text[test.body : test.end], word), None) is not None
