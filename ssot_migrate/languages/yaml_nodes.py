"""YAML as a tree with byte spans."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ssot_migrate.edits import Span


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
