"""The header of a class, which is proven without its body: the names in it are read around the class."""

from __future__ import annotations

import re

from ssot_migrate.edits import Span
from ssot_migrate.languages.lines import Lines

BODY = b"    pass\n"
"""What makes a statement of a header."""

_CLASS = re.compile(rb"class ([A-Za-z_]\w*)")


def header(lines: Lines, start: int) -> Span | None:
    """The lines of the header of a class of the module that begins at ``start``, outside of strings."""
    end = lines.body_start(start + len(b"class ")) if _CLASS.match(lines.text, start) else 0
    return Span(start, end) if end else None


def stays_header(before: bytes, after: bytes) -> bool:
    """Whether all of ``after`` is the header of the class that ``before`` is the header of."""
    found, was = _CLASS.match(after), _CLASS.match(before)
    same = found is not None and was is not None and found[1] == was[1]
    return same and Lines(after + BODY).body_start(len(b"class ")) == len(after)
