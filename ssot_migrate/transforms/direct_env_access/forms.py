"""Which form of access stands at a name that means the environment."""

from __future__ import annotations

import ast

from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Capture
from ssot_migrate.transforms.direct_env_access import identity, unions
from ssot_migrate.transforms.direct_env_access.patches import is_patch_dict, patch_block

READS = {
    "read", "get", "in", "keys", "items", "values", "iterate", "copy", "spread", "getenv", "union",
    "union-right",
}  # fmt: skip
WRITES = {
    "write",
    "delete",
    "augmented",
    "setdefault",
    "pop",
    "popitem",
    "update",
    "merge",
    "clear",
    "setenv",
    "delenv",
}


def form_of(node: ast.expr, doc: PythonDocument, tail: str) -> tuple[str, dict[str, Capture], str]:
    """Kind of access, what a rewrite must see of it, and the key ``env:NAME`` where it is constant."""
    if tail != "environ":
        call = doc.parent if isinstance(doc.parent, ast.Call) and doc.parent.func is node else None
        return (tail if call else f"{tail}-value"), _whole(call, doc), key_of(call.args[:1] if call else [])
    if identity.asked(node, doc):
        return "identity", {}, identity.KEY
    match doc.parent:
        case ast.Attribute(attr=method):
            return _method(method, doc)
        case ast.Subscript(value=value, slice=key) if value is node:
            return _subscript(doc, key)
        case ast.Compare(comparators=[only], ops=[ast.In() | ast.NotIn() as how], left=left) as compare if (
            only is node
        ):
            kept = (
                {"left": doc.capture(left), "compare": doc.capture(compare)}
                if isinstance(how, ast.In)
                else {}
            )
            return "in", kept, key_of([left])
        case ast.For(iter=it) | ast.AsyncFor(iter=it) | ast.comprehension(iter=it) if it is node:
            return "iterate", {}, ""
        case ast.Dict():
            return "spread", {}, ""
        case ast.Call() as call if call.func is not node:
            return _argument(node, call, doc)
        case ast.BinOp(op=ast.BitOr()) | ast.AugAssign(op=ast.BitOr()):
            return unions.form(node, doc)
    return _bare(node, doc), {}, ""


def _whole(node: ast.expr | None, doc: PythonDocument) -> dict[str, Capture]:
    return {"call": doc.capture(node)} if node else {}


def _bare(node: ast.expr, doc: PythonDocument) -> str:
    """What becomes of the mapping as a whole: bound anew, given a name, or passed on."""
    if isinstance(node, ast.Name | ast.Attribute) and not isinstance(node.ctx, ast.Load):
        return "rebind"
    return "alias" if isinstance(doc.parent, ast.Assign | ast.AnnAssign | ast.NamedExpr) else "pass"


def key_of(expressions: list[ast.expr]) -> str:
    """``env:NAME`` if the first of ``expressions`` is that name, written out; else nothing."""
    match expressions:
        case [ast.Constant(value=str(name)), *_]:
            return f"env:{name}"
    return ""


_METHODS = {
    "get", "setdefault", "pop", "popitem", "update", "copy", "keys", "items", "values", "clear",
}  # fmt: skip


def _method(method: str, doc: PythonDocument) -> tuple[str, dict[str, Capture], str]:
    call = doc.stack[-2]
    if not isinstance(call, ast.Call) or call.func is not doc.parent:
        known = method in _METHODS or method.startswith("__")
        return ("method" if known else "attribute"), {}, ""
    if method in ("__getitem__", "__setitem__", "__delitem__", "__contains__", "__iter__", "__len__"):
        return "method", {}, key_of(call.args)
    if method not in _METHODS:
        return "attribute", {}, ""
    captures = {"func": doc.capture(call.func), "call": doc.capture(call)}
    if method == "pop" and _is_statement(doc, call) and _pops_quietly(call):
        captures["quiet-key"] = doc.capture(call.args[0])
    return method, captures, key_of(call.args)


def _is_statement(doc: PythonDocument, node: ast.expr) -> bool:
    return any(isinstance(above, ast.Expr) and above.value is node for above in doc.stack[-3:])


def _pops_quietly(call: ast.Call) -> bool:
    match call:
        case ast.Call(args=[_, ast.Constant(value=None)], keywords=[]):
            return True
    return False


def _subscript(doc: PythonDocument, key: ast.expr) -> tuple[str, dict[str, Capture], str]:
    subscript = doc.parent
    assert isinstance(subscript, ast.Subscript)
    if isinstance(subscript.ctx, ast.Load):
        return "read", {}, key_of([key])
    if isinstance(subscript.ctx, ast.Del):
        return "delete", {}, key_of([key])
    match doc.stack[-2]:
        case ast.AugAssign():
            return "augmented", {}, key_of([key])
        case ast.Assign(targets=[_], value=value) as statement if not isinstance(key, ast.Slice):
            captures = {
                "statement": doc.capture(statement),
                "key": doc.capture(key),
                "value": doc.capture(value),
            }
            return "write", captures, key_of([key])
    return "write", {}, key_of([key])


def _argument(node: ast.expr, call: ast.Call, doc: PythonDocument) -> tuple[str, dict[str, Capture], str]:
    if isinstance(call.func, ast.Name) and call.func.id == "dict" and doc.lookup("dict") is None:
        return "copy", ({"call": doc.capture(call)} if len(call.args) == 1 and not call.keywords else {}), ""
    if call.args and call.args[0] is node and is_patch_dict(call.func, doc):
        return "patch.dict", patch_block(call, doc), ""
    if call.args and call.args[0] is node and _is_setattr(call, doc):
        return "rebind", {}, ""
    return "pass", {}, ""


def _is_setattr(call: ast.Call, doc: PythonDocument) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in ("setattr", "object")
