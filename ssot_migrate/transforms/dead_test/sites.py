"""Sites that are known by their first line alone, so that their fingerprint does not hang on the body."""

from __future__ import annotations

import ast

import msgspec

from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import FunctionNode
from ssot_migrate.model import Site


def header_site(
    rule: str, kind: str, node: ast.stmt, doc: PythonDocument, why: str, facts: dict[str, str] | None = None
) -> Site:
    """A site over the first line of ``node``; ``why`` is what a person should know and do."""
    told = {"why": why, **(facts or {})}
    if doc.scope_name():
        told["class"] = doc.scope_name()
    if isinstance(node, FunctionNode | ast.ClassDef):
        told.setdefault("name", node.name)
    return msgspec.structs.replace(doc.site(rule, kind, node, facts=told), span=doc.header(node))
