"""Functions that give websocket connections to tests: by what they call, or by their name."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_migrate.copies.definition import definition
from ssot_migrate.copies.functions import functions
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
_BUILDS = re.compile(rb"\b(?:" + b"|".join(re.escape(word.encode()) for word in WORDS) + rb")\(")
BESIDE = tuple(f"{what}_{thing}(" for what in ("websocket", "ws") for thing in ("client", "connection"))
"""What stands in a file that defines, or calls, a helper of such a name."""


def openers(rule: str, doc: PythonDocument) -> Iterator[Site]:
    """The sites of the module's functions and methods that hand out connections."""
    for node in functions(doc):
        named = _NAMED.fullmatch(node.name) is not None
        if named or _BUILDS.search(doc.text, doc.span(node).start, doc.span(node).end):
            yield definition(rule, HELPER, node, doc, told_by_name=named)
