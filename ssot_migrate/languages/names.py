"""Small questions on names in code."""

from __future__ import annotations

import ast


def last_name(node: ast.expr) -> str:
    """The identifier after the last dot of a name or attribute chain; empty for other expressions."""
    return node.id if isinstance(node, ast.Name) else node.attr if isinstance(node, ast.Attribute) else ""


def root_name(node: ast.expr) -> str:
    """The leftmost name of an attribute chain; empty if it starts otherwise."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""
