"""Textual hits of legacy names: where they are, and what those are that no rule claimed."""

from __future__ import annotations

import ast
import re
from collections import Counter
from collections.abc import Callable, Collection, Iterable, Sequence
from functools import cached_property
from typing import Any

from ssot_migrate.edits import Span
from ssot_migrate.index.scan import HitCount
from ssot_migrate.languages.lines import Doubtful, Lines
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.words import word_offsets
from ssot_migrate.transform import Transform

_AS = re.compile(rb"\w+[ \t]+as[ \t]+(\w+)")


def hits_of(words: Iterable[bytes], data: bytes) -> tuple[int, ...]:
    """All hits of a rule's ``words``, ascending."""
    hits = tuple(hit for word in words for hit in word_offsets(data, word))
    return tuple(sorted((*hits, *alias_hits(hits, data)))) if hits else ()


def alias_hits(hits: Sequence[int], data: bytes) -> tuple[int, ...]:
    """Where names stand that ``import … as`` gives to what stands at ``hits``: legacy names too."""
    names = {found[1] for hit in hits if (found := _AS.match(data, hit))}
    known = set(hits)
    return tuple(offset for name in names for offset in word_offsets(data, name) if offset not in known)


def rule_hits(rule: Transform, words: Iterable[bytes], places: Iterable[int], data: bytes) -> tuple[int, ...]:
    """All hits of a rule, ascending: of its ``words``, and of its ``places`` if those count."""
    return tuple(sorted((*hits_of(words, data), *(places if rule.counted else ()))))


def remarks(hits: Iterable[Iterable[int]], data: bytes) -> frozenset[int]:
    """Those of ``hits`` that stand in comments beyond doubt: code and strings are elsewhere."""
    aside = [hit for each in hits for hit in each if b"#" in data[_line(data, hit) : hit]]
    try:
        return frozenset(hit for hit in aside if _is_remark(data, _line(data, hit)))
    except Doubtful:
        return frozenset()


def _is_remark(data: bytes, line: int) -> bool:
    """Whether all after the first ``#`` of the line that begins there is a comment."""
    before = data[line : data.index(b"#", line)]
    return b'"' not in before and b"'" not in before and not Lines.of(data).in_string(line)


def _line(data: bytes, offset: int) -> int:
    return data.rfind(b"\n", 0, offset) + 1


class Explainer:
    """Collects, during the walk, what may stand at hits: imports, names, strings."""

    def __init__(self, doc: PythonDocument) -> None:
        """Explain hits of ``doc``."""
        self.doc = doc
        self.seen_imports: list[ast.Import | ast.ImportFrom] = []
        self.seen_strings: list[ast.Constant | ast.JoinedStr] = []
        self.seen_names: list[ast.Name | ast.keyword | ast.arg] = []
        self.seen_attributes: list[ast.Attribute] = []

    def visitors(self) -> dict[type[ast.AST], Callable[[Any], None]]:
        """What the walk should show us; whatever costs is put off until a hit asks for it."""
        return {
            ast.Import: self.seen_imports.append,
            ast.ImportFrom: self.seen_imports.append,
            ast.Constant: self.seen_strings.append,
            ast.JoinedStr: self.seen_strings.append,
            ast.Name: self.seen_names.append,
            ast.keyword: self.seen_names.append,
            ast.arg: self.seen_names.append,
            ast.Attribute: self.seen_attributes.append,
        }

    @cached_property
    def imports(self) -> list[Span]:
        """Import statements."""
        return [self.doc.span(node) for node in self.seen_imports]

    @cached_property
    def strings(self) -> list[Span]:
        """Strings and f-strings."""
        strings = (n for n in self.seen_strings if isinstance(getattr(n, "value", ""), str | bytes))
        return [self.doc.span(node) for node in strings]

    @cached_property
    def names(self) -> set[int]:
        """Offsets at which a name stands."""
        own = {self.doc.span(node).start for node in self.seen_names}
        attributes = {self.doc.span(node).end - len(node.attr.encode()) for node in self.seen_attributes}
        return own | attributes

    def count(
        self, rule: str, hits: Sequence[int], claimed: Collection[int], remarks: Collection[int]
    ) -> HitCount:
        """Sort the hits of one rule that are not ``claimed`` by a site of it into their buckets."""
        left = (hit for hit in hits if hit not in claimed)
        buckets = Counter("comments" if hit in remarks else self._bucket(hit) for hit in left)
        return HitCount(rule, len(hits), **buckets)

    def _bucket(self, hit: int) -> str:
        if any(span.start <= hit < span.end for span in self.imports):
            return "imports"
        if hit in self.names:
            return "other_names"
        if any(span.start <= hit < span.end for span in self.strings):
            return "strings"
        return "comments" if b"#" in self.doc.text[_line(self.doc.text, hit) : hit] else "other_names"
