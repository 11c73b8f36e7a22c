"""All nodes below one, as ast.walk has them."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

from ssot_migrate.languages.nodes import CHILDREN, subtree

# By the grammar that the documentation of each type spells out, what is no node of its own.
_PLAIN = {"identifier", "string", "int", "constant", "expr_context", "boolop", "operator", "unaryop", "cmpop"}
_KINDS = [kind for kind in vars(ast).values() if isinstance(kind, type) and issubclass(kind, ast.AST)]
_SPELLED = [kind for kind in _KINDS if kind._fields and f"{kind.__name__}(" in (kind.__doc__ or "")]
_LEAVES = (ast.expr_context, ast.operator, ast.unaryop, ast.cmpop, ast.boolop)


@pytest.mark.parametrize("kind", _SPELLED, ids=lambda kind: kind.__name__)
def test_fields_that_hold_nodes_are_those_of_the_grammar(kind: type[ast.AST]) -> None:
    """No identifier, constant, context or operator is taken for a node, and no node left out."""
    fields = re.findall(r"(\w+)[?*]* (\w+)", (kind.__doc__ or "").partition("(")[2].partition(")")[0])
    assert CHILDREN[kind] == tuple(name for of, name in fields if of not in _PLAIN)


def test_most_types_spell_their_fields_out() -> None:
    """The test above has something to say."""
    assert len(_SPELLED) > 70


def test_the_order_is_that_of_the_standard_library() -> None:
    """As ast.walk gives them, without contexts and operators."""
    for path in sorted(Path(ast.__file__).parent.glob("*.py"))[:60]:
        tree = ast.parse(path.read_bytes())
        known = [node for node in ast.walk(tree) if not isinstance(node, _LEAVES)]
        assert [id(node) for node in subtree(tree)] == [id(node) for node in known], path.name


def test_values_of_patterns_are_no_nodes() -> None:
    """``None`` and ``True`` in a case, names of a mapping's rest and of attributes."""
    text = "match x:\n    case {'a': None, **rest} | [True, *more] | Point(x=0):\n        global y\n"
    tree = ast.parse(text)
    assert {type(node).__name__ for node in subtree(tree)} >= {"MatchSingleton", "MatchMapping", "Global"}
