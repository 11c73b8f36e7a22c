"""Functions that give websocket connections to tests: by what they call, or by their name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_migrate.copies.definition import definition
from ssot_migrate.copies.functions import functions
from ssot_migrate.edits import Span
from ssot_migrate.languages.blocks import named
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Site
from ssot_migrate.transforms.websocket_helper.connections import WORDS

HELPER = "helper"
_VERBS = "create|make|build|open|get|new|setup|set_up|establish|start|initialize|connect"
_KINDS = "real|test|authenticated|auth|raw|secure|user|live|simple|async"
_NAMED = re.compile(
    rf"_*(?:(?:{_VERBS})_)?(?:(?:{_KINDS})_)*(?:websocket|ws)_(?:test_)?(?:client|connection|conn)s?"
    rf"|_*(?:connect|open|establish)_(?:to_)?(?:(?:{_KINDS})_)*(?:websocket|ws)"
)
_WORDS = tuple(f"{word}(".encode() for word in WORDS)
_BUILDS = re.compile(rb"\b(?:" + b"|".join(map(re.escape, _WORDS)) + b")")
BESIDE = (
    *("websockets", "import websocket"),
    *(f"{what}_{thing}(" for what in ("websocket", "ws") for thing in ("client", "connection")),
)
"""What stands in a file that opens websockets, or that defines or calls a helper of such a name."""
_BESIDE = tuple(word.encode() for word in BESIDE)


def places(path: str, data: bytes) -> Iterator[int]:
    """The head of a file that may define such a helper."""
    if any(word in data for word in _BESIDE):
        yield 0


def read_whole(text: bytes) -> Iterator[Span]:
    """Functions that are helpers by their name."""
    return named(text, _NAMED)


def openers(rule: str, doc: PythonDocument) -> Iterator[Site]:
    """The sites of the module's functions and methods that hand out connections."""
    opening = any(word in doc.text for word in _WORDS)
    for node in functions(doc):
        told = _NAMED.fullmatch(node.name) is not None
        if told or (opening and _BUILDS.search(doc.text, doc.span(node).start, doc.span(node).end)):
            yield definition(rule, HELPER, node, doc, told_by_name=told)
