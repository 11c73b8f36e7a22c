"""From the events of YAML's parser to the tree.

It is built from events, not composed: composing recurses in C and dies of deep nesting.
"""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate
from typing import TYPE_CHECKING

from ssot_migrate.edits import Span
from ssot_migrate.languages.fragments import BOM, Unreadable
from ssot_migrate.languages.yaml_nodes import Mapping, Node, Scalar, Sequence

if TYPE_CHECKING:
    from yaml.events import AliasEvent, CollectionStartEvent, Event, ScalarEvent

DEEPEST = 100


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


class _Builder:
    """Turns events into nodes, and their marks (in characters) into byte offsets."""

    def __init__(self, text: str, base: int) -> None:
        widths = map(len, map(str.encode, text))
        self.offsets = (
            range(base, base + len(text) + 1) if text.isascii() else [*accumulate(widths, initial=base)]
        )
        self.anchors: dict[str, Node] = {}
        self.parents: list[tuple[CollectionStartEvent, list[Node]]] = []
        self.done: list[Node] = []

    def roots(self, events: Iterable[Event]) -> list[Node]:
        """The roots of the documents that ``events`` describe."""
        from yaml import events as kinds

        for event in events:
            match event:
                case kinds.DocumentStartEvent():
                    self.anchors = {}
                case kinds.CollectionStartEvent():
                    self._open(event)
                case kinds.CollectionEndEvent():
                    start, items = self.parents.pop()
                    self._add(self._collection(start, event, items), start.anchor)
                case kinds.ScalarEvent():
                    scalar = Scalar(self._span(event, event), event.value, event.style or "", _tag(event))
                    self._add(scalar, event.anchor)
                case kinds.AliasEvent():
                    self._add(self._target(event), None)
        return self.done

    def _open(self, event: CollectionStartEvent) -> None:
        if len(self.parents) == DEEPEST:
            raise Unreadable(f"nested deeper than {DEEPEST} levels")
        self.parents.append((event, []))

    def _add(self, node: Node, anchor: str | None) -> None:
        if anchor is not None:
            self.anchors[anchor] = node
        (self.parents[-1][1] if self.parents else self.done).append(node)

    def _target(self, event: AliasEvent) -> Node:
        if event.anchor not in self.anchors:
            raise Unreadable(f"not valid YAML: alias {event.anchor} names nothing before it")
        return self.anchors[event.anchor]

    def _collection(self, start: CollectionStartEvent, end: Event, items: list[Node]) -> Sequence | Mapping:
        from yaml.events import MappingStartEvent

        span = self._span(start, end)
        if isinstance(start, MappingStartEvent):
            return Mapping(span, list(zip(items[::2], items[1::2], strict=True)))
        return Sequence(span, items, bool(start.flow_style), _tag(start))

    def _span(self, first: Event, last: Event) -> Span:
        start, end = first.start_mark, last.end_mark
        if start is None or end is None:
            raise Unreadable("not valid YAML: the parser gives no place")
        return Span(self.offsets[start.index], self.offsets[end.index])


def _tag(event: CollectionStartEvent | ScalarEvent) -> str:
    """A tag of the file's own; that of a plain type counts as none."""
    tag = event.tag or ""
    return "" if tag.startswith("tag:yaml.org,2002:") or tag == "!" else tag
