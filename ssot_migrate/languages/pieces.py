"""Bytes of a file cut into pieces of shell text."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_migrate.edits import Span
from ssot_migrate.languages.fragments import Fit, Fragment, Piece

Pattern = re.Pattern[bytes]


def substituted(opaque: bytes) -> Pattern:
    """A pattern for ``pieces``: line ends, what every carrier's templates look like, and ``opaque``."""
    templates = rb"\$?\{\{[^{}\n]*\}\}|\$\[\[[^\[\]\n]*\]\]|<<\s*(?:parameters|pipeline|matrix)\.[\w.-]+\s*>>"
    return re.compile(
        rb"(?P<newline>\r\n)|(?P<opaque>" + opaque + (b"|" if opaque else b"") + templates + b")"
    )


TEMPLATES = substituted(b"")


def pieces(data: bytes, span: Span, pattern: Pattern = TEMPLATES) -> Iterator[Piece]:
    """The bytes of ``span``, cut at what ``pattern`` names ``newline``, ``dollar`` or ``opaque``."""
    position = span.start
    for match in pattern.finditer(data, span.start, span.end):
        place = Span(*match.span())
        if position < place.start:
            yield Piece(data[position : place.start], Span(position, place.start))
        if match.lastgroup == "opaque":
            yield Piece(match[0], place, Fit.OPAQUE)
        else:
            yield Piece(b"\n" if match.lastgroup == "newline" else b"$", place, Fit.LOOSE)
        position = place.end
    if position < span.end:
        yield Piece(data[position : span.end], Span(position, span.end))


def exact(data: bytes, span: Span, pattern: Pattern = TEMPLATES, locked: str = "") -> Fragment:
    """The bytes of ``span`` as shell text."""
    return Fragment(span, tuple(pieces(data, span, pattern)), locked)


def decoded(text: bytes, span: Span, reason: str) -> Fragment:
    """Text that does not stand in the file byte by byte: every part of it is the whole of ``span``."""
    return Fragment(span, (Piece(text, span, Fit.LOOSE),) if text else (), reason)


def lines_in(data: bytes, span: Span) -> Iterator[Span]:
    """Each line of ``span``, with its end."""
    position = span.start
    while position < span.end:
        end = data.find(b"\n", position, span.end) + 1 or span.end
        yield Span(position, end)
        position = end
