"""The functions and top statements that edits change, each by itself before and after."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from operator import attrgetter
from typing import NamedTuple

from ssot_migrate.edits import Edit, Span, splice
from ssot_migrate.engine.gates.headers import BODY, header, stays_header
from ssot_migrate.languages.lines import Doubtful, Lines

# What begins so is a statement, and stands in no bracket that was opened on a line above.
_IMPORT = re.compile(rb"import |from [.\w]+ import ")
_PLAIN = re.compile(_IMPORT.pattern + rb"|def |async def |class |@")
_NEXT = re.compile(
    rb"(?!(?:if|elif|else|except|finally|for|async|and|or|in|is|not|from)\b)[A-Za-z_]"
    rb"|async def |from [.\w]+ import |@[^\n]*\n(?:async def|def|class) "
)
_INSIDE, _CLOSING = frozenset(b" \t\r\n#)]}"), frozenset(b")]}")


_start = attrgetter("start")


class Block(NamedTuple):
    """Whole lines of a file, as they are and as they become; ``top``: statements of the module itself."""

    span: Span
    before: bytes
    after: bytes
    top: bool


def changed_blocks(text: bytes, edits: Sequence[Edit], asked: Iterable[Edit]) -> tuple[Block, ...]:
    """Blocks of ``text`` (UTF-8) in which an edit stands that is ``asked`` for, as all ``edits`` make them.

    Raises:
        Doubtful: the text does not tell them.
    """
    spans = tuple(_joined(_spans(text, asked)))
    ordered = sorted(edits, key=_start)
    return tuple(_block(text, span, ordered) for span in spans)


def _block(text: bytes, span: Span, edits: Sequence[Edit]) -> Block:
    """What the ``edits``, in the order of the text, make of ``span``."""
    near = edits[bisect_left(edits, span.start, key=_start) : bisect_right(edits, span.end, key=_start)]
    own = (edit for edit in near if span.covers(edit.span))
    before = span.slice(text)
    after = splice(before, [Edit(e.start - span.start, e.end - span.start, e.text) for e in own])
    if header(Lines.of(text), span.start) == span:
        if not stays_header(before, after):
            raise Doubtful
        before, after = before + BODY, after + BODY
    return Block(span, before, after, before[:1] != b" ")


def _joined(spans: Iterable[Span]) -> Iterator[Span]:
    """``spans``, those that lie in another left out."""
    end = -1
    for span in sorted(spans, key=lambda span: (span.start, -span.end)):
        if span.end > end:
            yield span
            end = span.end


def _spans(text: bytes, edits: Iterable[Edit]) -> Iterator[Span]:
    lines = Lines.of(text)
    inner: list[Edit] = []
    for edit in edits:
        if _IMPORT.match(text, _line(text, edit.start)):
            yield _statement(text, lines, edit)
        else:
            inner.append(edit)
    functions = _functions(text) if inner else ()
    starts = [function.start for function in functions]
    for edit in inner:
        index = bisect_right(starts, edit.start) - 1
        is_inside = index >= 0 and edit.end < functions[index].end
        line = _line(text, edit.start)
        found = None if is_inside or lines.in_string(line) else header(lines, line)
        own = found if found and found.covers(edit.span) else None
        yield functions[index] if is_inside else own or _statement(text, lines, edit)


@lru_cache(maxsize=1)
def _functions(text: bytes) -> tuple[Span, ...]:
    """The functions of the text that is being judged, by more than one gate."""
    return tuple(_joined(Span(one.start, one.end) for one in Lines.of(text).functions()))


def _statement(text: bytes, lines: Lines, edit: Edit) -> Span:
    """The lines of the statement of the module that an edit changes."""
    start = _line(text, edit.start)
    while start and (lines.in_string(start) or text[start] in _INSIDE):
        start = _line(text, start - 1)
    last, end = start, lines.block_end(start, 0)
    while end < len(text) and (text.startswith(b"@", last) or text[end] in _CLOSING):
        last, end = end, lines.block_end(end, 0)
    if edit.end > end or not (_PLAIN.match(text, start) or _ends_there(text, lines, start, end)):
        raise Doubtful
    return Span(start, end)


def _ends_there(text: bytes, lines: Lines, start: int, end: int) -> bool:
    """Whether lines that can be read by themselves stand in no bracket, as what follows them shows.

    Inside of brackets an expression is followed by a comma, a closing bracket or an operator.
    """
    if end == len(text):
        return True
    goes_on = text.startswith(b",", lines.code_end(start, end) - 1)
    return not goes_on and bool(_NEXT.match(text, end))


def _line(text: bytes, offset: int) -> int:
    return text.rfind(b"\n", 0, offset) + 1
