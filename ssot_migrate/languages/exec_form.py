"""Commands written as a list of strings, one word each, which no shell reads."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator

from ssot_migrate.edits import Span
from ssot_migrate.languages import shell
from ssot_migrate.languages.fragments import Fragment, Listing
from ssot_migrate.languages.pieces import decoded
from ssot_migrate.languages.shell_limits import LONGEST
from ssot_migrate.languages.shell_words import line_at, script_index
from ssot_migrate.model import Command, Word

_STRING = re.compile(rb'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_ARRAY = re.compile(rb'\[\s*"(?:[^"\\]|\\.)*"(?:\s*,\s*"(?:[^"\\]|\\.)*")*\s*\]\s*', re.DOTALL)
_SUBSTITUTED = re.compile(rb"[$`{}]|<<")

JSON_JOINT = '", "'
ESCAPES = "written with escapes"


def commands(data: bytes, listing: Listing) -> Iterator[Command]:
    """The command of a list, and those of the script that it gives to ``sh -c``.

    Raises:
        Unreadable: a script that is beyond the limits of the shell parser.
    """
    elements = listing.elements
    if not elements:
        return
    words = tuple(_word(data, element) for element in elements)
    place = Span(min(word.span.start for word in words), max(word.span.end for word in words))
    locked = listing.locked or next((element.locked for element in elements if element.locked), "")
    line = line_at(data, place.start)
    yield Command(words, place, line, locked=locked, form="exec", joint=listing.joint)
    script = script_index(words)
    if script is not None:
        yield from shell.commands(data, elements[script])


def json_array(fragment: Fragment) -> Listing | None:
    """The list that ``fragment`` is as a whole, or None if it is no JSON array of strings."""
    if len(fragment.text) > LONGEST or not _ARRAY.fullmatch(fragment.text):
        return None
    found = _STRING.finditer(fragment.text)
    return Listing(
        tuple(json_string(fragment, *match.span(1)) for match in found), JSON_JOINT, fragment.locked
    )


def json_string(fragment: Fragment, start: int, end: int) -> Fragment:
    """The text between the quotes of a JSON string."""
    inner = fragment.sub(start, end)
    if b"\\" not in inner.text:
        return inner
    try:
        value: str = json.loads(b'"' + inner.text + b'"', strict=False)
        text = value.encode()
    except ValueError:
        text = inner.text
    return decoded(text, inner.span, fragment.locked or ESCAPES)


def merged(parts: Iterable[Listing], reason: str) -> Listing:
    """One command whose words stand in several lists: it can be read, not edited."""
    lists = tuple(parts)
    elements = tuple(element for part in lists for element in part.elements)
    return Listing(elements, lists[0].joint, reason)


def _word(data: bytes, element: Fragment) -> Word:
    plain = not _SUBSTITUTED.search(element.text) and element.span.slice(data) == element.text
    return Word(element.text.decode(), element.span, plain)
