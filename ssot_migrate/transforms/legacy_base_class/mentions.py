"""Names of which a file says no more than that it imports them and that classes derive from them."""

from __future__ import annotations

import ast
from bisect import bisect_right
from collections.abc import Iterator
from functools import lru_cache

from ssot_migrate.edits import Span
from ssot_migrate.languages.names import last_name
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.words import word_offsets

ONLY_BASES = "only-bases"


def only_bases(node: ast.ClassDef, doc: PythonDocument, *, itself: bool) -> dict[str, str]:
    """Of the last names of a class's bases, those that stand only in imports and heads of classes.

    With ``itself`` of its own name as well. Names that ``unittest`` gives are left out.
    """
    names = [last_name(base) for base in node.bases if not _is_unittests(base, doc)] + [node.name] * itself
    found = [name for name in names if name and _stands_in_heads(name, doc)]
    return {ONLY_BASES: " ".join(found)} if found else {}


def _is_unittests(base: ast.expr, doc: PythonDocument) -> bool:
    meaning = doc.meaning(base)
    return meaning is not None and meaning.dotted.startswith("unittest.")


@lru_cache(maxsize=16)
def _stands_in_heads(name: str, doc: PythonDocument) -> bool:
    heads = _heads(doc)
    starts = [head.start for head in heads]
    places = ((bisect_right(starts, offset) - 1, offset) for offset in word_offsets(doc.text, name))
    return all(at >= 0 and offset < heads[at].end for at, offset in places)


@lru_cache(maxsize=1)
def _heads(doc: PythonDocument) -> list[Span]:
    """The imports of a module's own level, and its classes up to the end of their bases."""
    return list(_found(doc))


def _found(doc: PythonDocument) -> Iterator[Span]:
    for node in doc.tree.body:
        if isinstance(node, ast.Import | ast.ImportFrom):
            yield doc.span(node)
        elif isinstance(node, ast.ClassDef):
            start = doc.starts[node.lineno - 1]
            end = doc.span(node.bases[-1]).end if node.bases else doc.header(node).end
            yield Span(start, end)
