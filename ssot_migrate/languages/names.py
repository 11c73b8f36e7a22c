"""Small questions on names in code."""

from __future__ import annotations

import ast


def last_name(node: ast.expr) -> str:
    """The identifier after the last dot of a name or attribute chain; empty for other expressions."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def spelled(node: ast.expr) -> str:
    """The code of an expression as ``ast.unparse`` gives it, at no cost for names and attribute chains."""
    parts = []
    inner = node
    while isinstance(inner, ast.Attribute):
        parts.append(inner.attr)
        inner = inner.value
    return ".".join([inner.id, *reversed(parts)]) if isinstance(inner, ast.Name) else ast.unparse(node)


def root_name(node: ast.expr) -> str:
    """The leftmost name of an attribute chain; empty if it starts otherwise."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
