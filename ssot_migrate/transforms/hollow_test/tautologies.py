"""Assertions that hold whatever the code under test does."""

from __future__ import annotations

import ast
import re
from typing import NamedTuple

from ssot_migrate.languages.scopes import FunctionNode
from ssot_migrate.transforms.hollow_test.checks import callee_name, nodes_of

_OF_EQUALITY = re.compile(
    r"eq|same|compar|ident|reflex|hash|order|cmp|singleton|cach|hypothesis|copy|nan", re.IGNORECASE
)
_COMPARED = {"assertEqual": ast.Eq, "assertEquals": ast.Eq, "assertIs": ast.Is, "assertGreaterEqual": ast.GtE}
_COMPARED |= {"assertLessEqual": ast.LtE, "assertGreater": ast.Gt}


class Tautology(NamedTuple):
    """Why an assertion always holds; ``bare`` if it is a mere ``assert True``, often meant as a mark."""

    why: str
    bare: bool = False


def tautology(node: ast.AST, test: FunctionNode) -> Tautology | None:
    """Why an assertion holds for certain, or None."""
    match node:
        case ast.Assert(test=claim):
            return always(claim, test)
        case ast.Call(func=ast.Attribute(value=ast.Name(id="self"), attr=name), args=args) if args:
            return _of_unittest(name, args, test) if callee_name(node).startswith("self.assert") else None
    return None


def _of_unittest(name: str, args: list[ast.expr], test: FunctionNode) -> Tautology | None:
    if name == "assertTrue":
        return always(args[0], test)
    if name in ("assertFalse", "assertIsNone"):
        falsy = isinstance(args[0], ast.Constant) and not args[0].value
        none = isinstance(args[0], ast.Constant) and args[0].value is None
        return _literal(args[0]) if (none or (falsy and name == "assertFalse")) else None
    if name in _COMPARED and len(args) > 1:
        return always(ast.Compare(args[0], [_COMPARED[name]()], [args[1]]), test)
    return None


def always(claim: ast.expr, test: FunctionNode) -> Tautology | None:
    """Why an expression is true whatever happens, or None."""
    match claim:
        case ast.Constant(value=value) if value:
            return _literal(claim)
        case ast.UnaryOp(op=ast.Not(), operand=ast.Constant(value=value)) if not value:
            return _literal(claim)
        case ast.JoinedStr(values=parts) if any(isinstance(p, ast.Constant) and p.value for p in parts):
            return Tautology("a text is always true: compare something with it")
        case ast.Tuple(elts=[_, *_]):
            return Tautology(
                "a tuple is always true: take the parentheses away, so that the text is the message"
            )
        case ast.BoolOp(op=ast.Or(), values=values):
            return _either(values, test)
        case ast.Compare(left=left, ops=[operator], comparators=[right]):
            return _compared(left, operator, right, test)
    return None


def _literal(node: ast.expr) -> Tautology:
    text = isinstance(node, ast.Constant) and isinstance(node.value, str)
    shown = "a text" if text else f"`{ast.unparse(node)}`"
    return Tautology(
        f"{shown} is always true" if not text else "a text is always true: compare something with it",
        not text,
    )


def _either(values: list[ast.expr], test: FunctionNode) -> Tautology | None:
    if any(isinstance(value, ast.Constant) and value.value for value in values):
        return Tautology("`or` a constant makes it always true: take that part away")
    shown = {ast.unparse(value) for value in values}
    if any(
        isinstance(v, ast.UnaryOp) and isinstance(v.op, ast.Not) and ast.unparse(v.operand) in shown
        for v in values
    ):
        return Tautology("one or the other always holds: say which one is meant")
    pairs = {
        (ast.unparse(v.left), type(v.ops[0]), ast.unparse(v.comparators[0]))
        for v in values
        if isinstance(v, ast.Compare) and len(v.ops) == 1
    }
    opposite = {ast.Is: ast.IsNot, ast.Eq: ast.NotEq, ast.In: ast.NotIn}
    if any((left, opposite.get(operator), right) in pairs for left, operator, right in pairs):
        return Tautology("one or the other always holds: say which one is meant")
    return None


def _compared(left: ast.expr, operator: ast.cmpop, right: ast.expr, test: FunctionNode) -> Tautology | None:
    match left, operator, right:
        case ast.Constant(), ast.Eq() | ast.Is(), ast.Constant() if left.value == right.value:
            return Tautology(f"`{_shown(left, operator, right)}` compares constants", bare=True)
        case (ast.Call(func=ast.Name(id="len")), ast.GtE(), ast.Constant(value=0)) | (
            ast.Call(func=ast.Name(id="len")),
            ast.Gt(),
            ast.UnaryOp(op=ast.USub(), operand=ast.Constant(value=1)),
        ):
            shown = _shown(left, operator, right)
            return Tautology(f"`{shown}` holds for every length: say how many are expected")
        case ast.Name(), ast.Eq() | ast.Is() | ast.LtE() | ast.GtE(), ast.Name() if left.id == right.id:
            # Only a name gives the same when it is read twice: an attribute may be a property.
            return _with_itself(left, _shown(left, operator, right), test)
    return None


def _shown(left: ast.expr, operator: ast.cmpop, right: ast.expr) -> str:
    return ast.unparse(ast.Compare(left, [operator], [right]))


def _with_itself(node: ast.Name, shown: str, test: FunctionNode) -> Tautology | None:
    if _OF_EQUALITY.search(test.name) or _compared_elsewhere(node, test):
        return None
    return Tautology(f"`{shown}` compares a thing with itself: name what is expected")


def _compared_elsewhere(node: ast.expr, test: FunctionNode) -> bool:
    """Whether the test compares the same thing with others, so that it is about equality itself."""
    shown = ast.unparse(node)
    compares = (inner for inner in nodes_of(test) if isinstance(inner, ast.Compare))
    others = [c for c in compares if shown in map(ast.unparse, (c.left, *c.comparators))]
    return any(ast.unparse(c.left) != ast.unparse(c.comparators[0]) for c in others)
