"""Expressions are spelled as the standard library spells them."""

from __future__ import annotations

import ast

import pytest

from ssot_migrate.languages.names import spelled


@pytest.mark.parametrize("code", ["a", "a.b.c", "a().b", "a[0].b", "'x'.join", "(1).real", "f(a, b=1)", "-a"])
def test_an_expression_is_spelled_as_unparse_does(code: str) -> None:
    """Names and attribute chains on the quick way, all others by ast.unparse."""
    node = ast.parse(code, mode="eval").body
    assert spelled(node) == ast.unparse(node)
