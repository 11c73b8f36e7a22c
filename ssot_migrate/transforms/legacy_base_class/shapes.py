"""Base classes that only their text describes, so that another with the same text behaves alike."""

from __future__ import annotations

import ast
import hashlib
import re
from collections.abc import Iterator, Sequence
from copy import copy

from ssot_migrate.languages.nodes import subtree
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import FunctionNode
from ssot_migrate.transforms.legacy_base_class.meanings import may_be_patched, meanings_in

_PLAIN_DECORATORS = frozenset(("property", "classmethod", "staticmethod"))
# Where these do not stand in the text of a class, its tree need not be gone through for what they tell.
_MOVING = re.compile(rb"\b(?:global|nonlocal)\b|\bfrom\s*(?:\\\s*)?\.")
_PRIVATE = re.compile(rb"\b__[\w\x80-\xff]+(?<!__)(?![\w\x80-\xff])")
_NO_SHAPE: dict[str, str] = {}


def shape(node: ast.ClassDef, doc: PythonDocument) -> dict[str, str]:
    """Facts of a class that an alias could replace: ``empty``, or ``shape`` and the names that it ``uses``.

    Nothing for a class with tests, decorators, keywords, or a body that may mean something
    else elsewhere. Two classes of one shape behave alike on the same bases.
    """
    if not _replaceable(node, doc):
        return _NO_SHAPE
    for method in node.body:
        if isinstance(method, FunctionNode):
            doc.whole(method)
    body = _without_docstring(node.body)
    text = doc.span(node).slice(doc.text)
    facts = {"whole": f"{doc.span(node).start - _spare_line(node, doc)}-{doc.span(node).end}"}
    facts |= {"comments": "1"} if b"#" in text else {}
    facts |= {"crlf": "1"} if b"\r\n" in text else {}
    facts |= {"busy": "1"} if _does_more_than_define(doc.tree.body) else {}
    if all(isinstance(statement, ast.Pass) for statement in body):
        return facts | {"empty": "1"}
    if not all(_is_plain(statement) for statement in body) or (_MOVING.search(text) and _moves(body)):
        return _NO_SHAPE
    meanings = meanings_in(node, text, doc)
    if meanings is None:
        return _NO_SHAPE
    parts = [ast.dump(_stripped(statement)) for statement in body]
    parts += [f"{name}={means}" for name, means in sorted(meanings.items())]
    parts += [node.name] if _PRIVATE.search(text) and any(_is_mangled(node)) else []
    digest = hashlib.sha256("\n".join(parts).encode("utf-8", "surrogateescape")).hexdigest()[:24]
    patchable = sorted(name for name, means in meanings.items() if may_be_patched(means, doc))
    facts |= {"patchable": patchable[0]} if patchable else {}
    return facts | {"shape": digest, "uses": " ".join(sorted(meanings))}


def _replaceable(node: ast.ClassDef, doc: PythonDocument) -> bool:
    if node.decorator_list or node.keywords or not isinstance(doc.parent, ast.Module):
        return False
    if len(doc.bindings(doc.tree).get(node.name, ())) != 1:
        return False
    methods = (s.name for s in node.body if isinstance(s, ast.FunctionDef | ast.AsyncFunctionDef))
    return not any(name.startswith("test") or name == "runTest" for name in methods)


def _spare_line(node: ast.ClassDef, doc: PythonDocument) -> int:
    """How many bytes the second of two blank lines below imports has, which a plain statement needs not."""
    above = doc.tree.body[: doc.tree.body.index(node)][-1:]
    if not above or not isinstance(above[0], ast.Import | ast.ImportFrom):
        return 0
    gap = doc.text[doc.span(above[0]).end : doc.span(node).start]
    return next((len(end) for end in (b"\r\n", b"\n") if gap == 3 * end), 0)


def _without_docstring(body: Sequence[ast.stmt]) -> list[ast.stmt]:
    match body:
        case [ast.Expr(value=ast.Constant(value=str())), *rest]:
            return list(rest)
    return list(body)


def _stripped(statement: ast.stmt) -> ast.stmt:
    """A function without its docstring, or any other statement as it is."""
    if not isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        return statement
    bare = copy(statement)
    bare.body = [s for s in _without_docstring(statement.body) if not isinstance(s, ast.Pass)]
    return bare


def _is_plain(statement: ast.stmt) -> bool:
    """A method, ``pass``, or a name for a value that cannot change."""
    match statement:
        case ast.FunctionDef() | ast.AsyncFunctionDef():
            return _is_plain_method(statement)
        case ast.Assign(targets=[ast.Name()], value=value) | ast.AnnAssign(target=ast.Name(), value=value):
            return value is None or _is_constant(value)
    return isinstance(statement, ast.Pass)


def _is_plain_method(method: FunctionNode) -> bool:
    defaults = [*method.args.defaults, *(d for d in method.args.kw_defaults if d is not None)]
    if not all(_is_constant(default) for default in defaults):
        return False
    names = [d.id if isinstance(d, ast.Name) else "" for d in method.decorator_list]
    return _PLAIN_DECORATORS.issuperset(names)


def _moves(body: Sequence[ast.stmt]) -> bool:
    """Whether something in a body is read from where the body stands."""
    moving = (ast.Global, ast.Nonlocal)
    nodes = (node for statement in body for node in subtree(statement))
    return any(isinstance(node, moving) or getattr(node, "level", 0) for node in nodes)


def _is_constant(value: ast.expr) -> bool:
    match value:
        case ast.Constant():
            return True
        case ast.Tuple(elts=parts):
            return all(_is_constant(part) for part in parts)
        case ast.UnaryOp(operand=ast.Constant()):
            return True
    return False


def _is_mangled(node: ast.ClassDef) -> Iterator[bool]:
    for child in subtree(node):
        name = getattr(child, "attr", "") or getattr(child, "id", "")
        yield name.startswith("__") and not name.endswith("__")


def _does_more_than_define(body: Sequence[ast.stmt]) -> bool:
    """Whether importing the module does something besides binding names to definitions."""
    definitions = (ast.Import, ast.ImportFrom, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef, ast.Pass)
    for statement in _without_docstring(body):
        match statement:
            case ast.Assign(value=value) | ast.AnnAssign(value=ast.expr() as value) if _is_constant(value):
                continue
            case ast.Assign(targets=[ast.Name(id="__all__")]):
                continue
        if not isinstance(statement, definitions):
            return True
    return False
