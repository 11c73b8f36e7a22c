"""YAML as a tree with byte spans.

The tree is built from parser events, not composed: composing recurses in C and dies of deep nesting.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import accumulate
from typing import TYPE_CHECKING

from ssot_migrate.edits import Span
from ssot_migrate.languages.fragments import BOM, Unreadable

if TYPE_CHECKING:
    from yaml.events import Event

DEEPEST = 100


@dataclass(frozen=True, eq=False)
class Scalar:
    """A scalar; its span includes anchor, tag and quotes."""

    span: Span
    value: str
    style: str
    tag: str


@dataclass(frozen=True, eq=False)
class Sequence:
    """A list; ``flow`` if it is written in brackets."""

    span: Span
    items: list[Node]
    flow: bool
    tag: str


@dataclass(frozen=True, eq=False)
class Mapping:
    """Pairs of key and value, in the order of the text."""

    span: Span
    pairs: list[tuple[Node, Node]]

    def named(self) -> dict[str, Node]:
        """The values whose keys are scalars."""
        return {key.value: value for key, value in self.pairs if isinstance(key, Scalar)}


Node = Scalar | Sequence | Mapping


def load(data: bytes) -> list[Node]:
    """The roots of all documents; an alias is the very node that it names.

    Raises:
        Unreadable: no valid YAML, or nested too deeply.
    """
    import yaml

    base = len(BOM) if data.startswith(BOM) else 0
    text = data[base:].decode()
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        return _Builder(text, base).roots(yaml.parse(text, Loader=loader))
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        where = f" in line {mark.line + 1}" if mark else ""
        reason = getattr(error, "problem", None) or "unacceptable characters"
        raise Unreadable(f"not valid YAML{where}: {reason}") from error


def walk(roots: Iterable[Node]) -> Iterator[Node]:
    """Every node but the keys, each once, in the order of the text."""
    stack = list(roots)[::-1]
    seen: set[int] = set()
    while stack:
        node = stack.pop()
        if id(node) in seen:
            continue
        seen.add(id(node))
        yield node
        if isinstance(node, Sequence):
            stack += reversed(node.items)
        elif isinstance(node, Mapping):
            stack += [value for _, value in reversed(node.pairs)]


class _Builder:
    """Turns events into nodes, with marks (characters) turned into byte offsets."""

    def __init__(self, text: str, base: int) -> None:
        widths = () if text.isascii() else (len(character.encode()) for character in text)
        self.offsets = list(accumulate(widths, initial=base)) if widths else []
        self.base = base
        self.anchors: dict[str, Node] = {}

    def roots(self, events: Iterable[Event]) -> list[Node]:
        from yaml import events as kinds

        roots: list[Node] = []
        open_events: list[tuple[Event, list[Node]]] = []
        for event in events:
            if isinstance(event, kinds.DocumentStartEvent):
                self.anchors = {}
            if isinstance(event, kinds.CollectionStartEvent):
                open_events.append((event, []))
                if len(open_events) > DEEPEST:
                    raise Unreadable(f"nested deeper than {DEEPEST} levels")
                continue
            if isinstance(event, kinds.CollectionEndEvent):
                start, items = open_events.pop()
                node = self._collection(start, event, items)
            elif isinstance(event, kinds.ScalarEvent):
                node = Scalar(self._span(event, event), event.value, event.style or "", _tag(event))
            elif isinstance(event, kinds.AliasEvent):
                node = self._alias(event.anchor)
            else:
                continue
            if not isinstance(event, kinds.AliasEvent):
                self._name(open_events, node)
            (open_events[-1][1] if open_events else roots).append(node)
        return roots
