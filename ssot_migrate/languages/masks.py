"""Syntax newer than the running Python: libcst finds it, blanks of the same length hide it from ``ast``.

Every byte keeps its offset, so sites found in the masked text stand where they say in the
real one. An f-string becomes a tuple of its expressions, so that code inside it is still seen;
``type X = …`` becomes two statements on one line.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator

import libcst
from libcst.metadata import ByteSpanPositionProvider, CodeSpan, MetadataWrapper

from ssot_migrate.languages.displays import display
from ssot_migrate.languages.formats import Strings

_DEEPEST = 90


class Unmaskable(Exception):
    """Why a text has no masked form that the running Python reads."""


def masked(text: bytes) -> bytes:
    """``text`` with newer syntax masked, byte for byte in its place.

    Raises:
        Unmaskable: libcst cannot read it either, or it must not be given to libcst.
    """
    if _depth(text) > _DEEPEST:
        raise Unmaskable("nested too deeply to be read safely")
    try:
        wrapper = MetadataWrapper(libcst.parse_module(text), unsafe_skip_copy=True)
        result = bytearray(text)
        for start, end, replacement in _masks(wrapper, text):
            result[start:end] = replacement
        ast.parse(bytes(result))
    except libcst.ParserSyntaxError as error:
        raise Unmaskable(f"libcst cannot read it either (line {error.raw_line})") from error
    except libcst.CSTLogicError as error:  # how libcst takes what it has no case for, as joined t-strings
        raise Unmaskable(f"libcst cannot read it either: {error}") from error
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Unmaskable(f"cannot be masked: {error}") from error
    return bytes(result)


def _depth(text: bytes) -> int:
    """The deepest bracket nesting, strings and all: an upper bound that protects the native parser."""
    depth = deepest = 0
    for byte in text:
        if byte in b"([{":
            depth += 1
            deepest = max(deepest, depth)
        elif byte in b")]}":
            depth -= 1
    return deepest


def _masks(wrapper: MetadataWrapper, text: bytes) -> Iterator[tuple[int, int, bytes]]:
    spans = wrapper.resolve(ByteSpanPositionProvider)
    finder = _Finder()
    wrapper.module.visit(finder)
    for node in finder.strings:
        start, end = _ends(spans[node])
        fields = tuple(_ends(spans[expression]) for expression in finder.expressions_of(node))
        yield start, end, display(text, Strings(start, end, fields))
    for node in finder.type_parameters:
        span = spans[node]
        yield span.start, span.start + span.length, b" " * span.length
    for node in finder.type_aliases:
        end = spans[node].start + len(b"type")
        yield end, end + 1, b";"


def _ends(span: CodeSpan) -> tuple[int, int]:
    return span.start, span.start + span.length


class _Finder(libcst.CSTVisitor):
    def __init__(self) -> None:
        self.strings: list[libcst.CSTNode] = []
        self.type_parameters: list[libcst.CSTNode] = []
        self.type_aliases: list[libcst.CSTNode] = []

    def visit_FormattedString(self, node: libcst.FormattedString) -> bool:
        return self._string(node)

    def visit_ConcatenatedString(self, node: libcst.ConcatenatedString) -> bool:
        if any(isinstance(part, libcst.FormattedString) for part in _parts(node)):
            return self._string(node)
        return True

    def _string(self, node: libcst.CSTNode) -> bool:
        """Take the outer string first: the masks of those in its expressions go on top of it."""
        self.strings.append(node)
        for expression in self.expressions_of(node):
            expression.visit(self)
        return False

    def visit_TypeParameters(self, node: libcst.TypeParameters) -> bool:
        self.type_parameters.append(node)
        return False

    def visit_TypeAlias(self, node: libcst.TypeAlias) -> bool:
        self.type_aliases.append(node)
        return True

    def expressions_of(self, node: libcst.CSTNode) -> Iterator[libcst.BaseExpression]:
        """The replacement fields of an f-string or a concatenation, format specs included."""
        for part in _parts(node):
            if isinstance(part, libcst.FormattedString):
                yield from _fields(part.parts)


def _parts(node: libcst.CSTNode) -> Iterator[libcst.CSTNode]:
    if isinstance(node, libcst.ConcatenatedString):
        yield from _parts(node.left)
        yield from _parts(node.right)
    else:
        yield node


def _fields(parts: object) -> Iterator[libcst.BaseExpression]:
    for part in parts if isinstance(parts, list | tuple) else ():
        if isinstance(part, libcst.FormattedStringExpression):
            yield part.expression
            yield from _fields(part.format_spec)
