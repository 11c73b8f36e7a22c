"""F-strings hidden from a Python that is too old for them: their expressions stay, each in its place."""

from __future__ import annotations

from collections.abc import Iterable

from ssot_migrate.languages.decoding import BLANK
from ssot_migrate.languages.formats import Strings


def without_formats(text: bytes, found: Iterable[Strings], brackets: bytes) -> bytes:
    """``text`` with a tuple, or a set, of its expressions in place of each of the f-strings ``found``.

    All other bytes stay, and all keep their offsets. Strings beside an f-string are a part of it.
    """
    result = bytearray(text)
    for one in found:
        result[one.start : one.end] = display(text, one, brackets)
    return bytes(result)


def display(text: bytes, strings: Strings, brackets: bytes = b"()") -> bytes:
    """A tuple, or what the ``brackets`` make of it, of the expressions in ``strings``, in their places."""
    start, end = strings.start, strings.end
    out = bytearray(text[start:end].translate(BLANK))
    for first, last in strings.fields:
        out[first - start : last - start] = text[first:last]
        out[last - start] = ord(",")
    out[0], out[-1] = brackets
    return bytes(out)
