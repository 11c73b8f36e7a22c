"""One digest for all definitions that do the same: names resolved, own name and docstrings left out."""

from __future__ import annotations

import ast
from typing import NamedTuple

from ssot_migrate.copies.spelling import Definition, Spelling, digest, spoken, unquoted
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import FunctionNode


class Print(NamedTuple):
    """The digest of a definition, shared only by those that it may stand for; those of a class's methods.

    ``shape`` is shared by all that read alike, whatever their names mean; ``names`` are those that
    may mean something else elsewhere, each with what it means here.
    """

    whole: str
    methods: dict[str, str]
    shape: str
    names: dict[str, str]


def fingerprint(node: Definition, doc: PythonDocument) -> Print:
    """The print of the class or function at which the walk stands.

    An imported name counts as the object that it stands for, wherever it was imported
    from; a name that the module defines itself belongs to this module alone.
    """
    dump = Spelling(doc, node)
    header = [type(node).__name__, dump.digest(_header(node))]
    doc.scopes.append(node)
    try:
        body = [(statement, dump.digest([statement])) for statement in spoken(node.body)]
    finally:
        doc.scopes.pop()
    inner = body if isinstance(node, ast.ClassDef) else []
    methods = {s.name: found for s, found in inner if isinstance(s, FunctionNode)}
    future = str(b"from __future__ import annotations" in doc.text)
    whole = digest([future, *header, *(found for _, found in body)])
    return Print(whole, methods, digest(dump.loose()), dump.names)


def _header(node: Definition) -> list[ast.AST]:
    """What of a definition stands in front of its body."""
    if isinstance(node, ast.ClassDef):
        return [*node.bases, *node.keywords, *node.decorator_list]
    returned = [unquoted(node.returns)] if node.returns else []
    return [*node.decorator_list, node.args, *returned]
