"""The ``scripts`` of a package.json, each a shell text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

from ssot_migrate.edits import Span
from ssot_migrate.languages.exec_form import json_string
from ssot_migrate.languages.fragments import BOM, Fragment, Piece, Unreadable
from ssot_migrate.languages.shapes import shape
from ssot_migrate.model import Source

_SPACE = re.compile(r"[ \t\r\n]*")
_DECODER = json.JSONDecoder()


def texts(source: Source) -> Iterator[Fragment]:
    """The strings of the top-level ``scripts`` object.

    Raises:
        Unreadable: no valid JSON.
    """
    _load(source.data)
    # One character a byte, so that the scanner's positions are byte offsets.
    text = source.data.decode("latin-1")
    start = len(BOM) if source.data.startswith(BOM) else 0
    for key, value in _members(text, start):
        if key == "scripts":
            for _, script in _members(text, value):
                if text[script] == '"':
                    yield _string(source.data, text, script)


def outline(source: Source) -> object:
    """Keys, and every value that is not a string.

    Raises:
        Unreadable: no valid JSON.
    """
    return shape(_load(source.data))


def _load(data: bytes) -> object:
    try:
        return json.loads(data.removeprefix(BOM))
    except ValueError as error:
        raise Unreadable(f"not valid JSON: {error}") from error


def _members(text: str, start: int) -> Iterator[tuple[str, int]]:
    """Each key of the object at ``start`` and where its value begins; nothing if it is no object."""
    position = _skip(text, start)
    if text[position] != "{":
        return
    position = _skip(text, position + 1)
    while text[position] == '"':
        key, position = _DECODER.raw_decode(text, position)
        value = _skip(text, _skip(text, position) + 1)
        yield key, value
        position = _skip(text, _DECODER.raw_decode(text, value)[1])
        if text[position] == ",":
            position = _skip(text, position + 1)


def _skip(text: str, position: int) -> int:
    space = _SPACE.match(text, position)
    return space.end() if space else position


def _string(data: bytes, text: str, quote: int) -> Fragment:
    end = _DECODER.raw_decode(text, quote)[1] - 1
    whole = Span(quote + 1, end)
    return json_string(Fragment(whole, (Piece(whole.slice(data), whole),)), 0, end - quote - 1)
