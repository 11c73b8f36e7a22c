"""YAML scalars as shell text, byte by byte where that is possible."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_migrate.edits import Span
from ssot_migrate.languages.fragments import Fragment, Listing, Piece
from ssot_migrate.languages.pieces import decoded, exact, pieces
from ssot_migrate.languages.yaml_nodes import Mapping, Node, Scalar, Sequence, walk

_PROPERTIES = re.compile(rb"(?:[&!]\S*\s+)*")
_UNMAPPED = {
    ">": "in a folded block",
    "|": "in a literal block of unusual form",
    '"': "in a quoted scalar with escapes or folded lines",
    "'": "in a quoted scalar with escapes or folded lines",
    "": "in a plain scalar of several lines",
}


def fragment(data: bytes, scalar: Scalar) -> Fragment:
    """The value of ``scalar`` as shell text; locked where its bytes are not its value."""
    locked = f"tagged {scalar.tag}" if scalar.tag else ""
    value = scalar.value.encode()
    if scalar.style == "|":
        lines = tuple(_block(data, scalar))
        block = Fragment(scalar.span, lines, locked)
        if block.text.rstrip(b"\n") == value.rstrip(b"\n"):
            return block
    else:
        inner = _inner(data, scalar)
        if inner.slice(data) == value:
            return exact(data, inner, locked=locked)
    return decoded(value, scalar.span, locked or _UNMAPPED[scalar.style])


def listing(data: bytes, sequence: Sequence) -> Listing | None:
    """A list of scalars as a command in exec form, or None if there is something else in it."""
    scalars = [item for item in sequence.items if isinstance(item, Scalar)]
    if len(scalars) < len(sequence.items) or not scalars or sequence.tag:
        return None
    styles = {scalar.style for scalar in scalars}
    elements = tuple(fragment(data, scalar) for scalar in scalars)
    if len(styles) > 1 or styles & {"|", ">"}:
        return Listing(elements, " ", "its elements are quoted in different ways")
    quote = styles.pop()
    return Listing(elements, f"{quote}{_separator(data, sequence)}{quote}")


def frame(data: bytes, roots: list[Node]) -> tuple[tuple[bytes, str], ...]:
    """The bytes around scalar values and lists of scalars, each with the kind of what follows."""
    holes: dict[Span, str] = {}
    for node in walk(roots):
        if isinstance(node, Sequence) and all(isinstance(item, Scalar) for item in node.items):
            holes[node.span] = "list"
        elif isinstance(node, Scalar):
            holes[node.span] = "scalar"
    parts, position = [], 0
    for span, kind in sorted(holes.items()):
        if span.start >= position:
            parts.append((data[position : span.start], kind))
            position = span.end
    return (*parts, (data[position:], ""))


def text_of(node: Node | None) -> str:
    """The value of a scalar, ``""`` for anything else."""
    return node.value if isinstance(node, Scalar) else ""


def child(node: Node | None, key: str) -> Node | None:
    """The value of ``key``, if ``node`` is a mapping that has it."""
    return node.named().get(key) if isinstance(node, Mapping) else None


def _inner(data: bytes, scalar: Scalar) -> Span:
    """The span without anchor, tag and quotes."""
    properties = _PROPERTIES.match(data, scalar.span.start, scalar.span.end)
    start = properties.end() if properties else scalar.span.start
    width = 1 if scalar.style in ("'", '"') else 0
    return Span(start + width, max(start + width, scalar.span.end - width))


def _block(data: bytes, scalar: Scalar) -> Iterator[Piece]:
    """The lines of a literal block without their indentation, as many as its value has."""
    values = scalar.value.rstrip("\n").split("\n")
    header = data.find(b"\n", scalar.span.start, scalar.span.end) + 1 or scalar.span.end
    lines = data[header : scalar.span.end].splitlines(keepends=True)[: len(values)]
    indent = _indent(lines, values)
    position = header
    for line in lines:
        text = min(indent, len(line.rstrip(b"\r\n")))
        if text < len(line):
            yield from pieces(data, Span(position + text, position + len(line)))
        position += len(line)


def _indent(lines: list[bytes], values: list[str]) -> int:
    """By how much the first line with text is further right in the file than in the value."""
    for line, value in zip(lines, values, strict=False):
        if value.strip():
            return len(line) - len(line.lstrip(b" ")) - (len(value) - len(value.lstrip(" ")))
    return 0


def _separator(data: bytes, sequence: Sequence) -> str:
    """What stands between two items of the list."""
    if sequence.flow:
        return ", "
    start = sequence.span.start
    line = data.rfind(b"\n", 0, start) + 1
    newline = "\r\n" if data[line - 2 : line] == b"\r\n" else "\n"
    return f"{newline}{' ' * (start - line)}- "
