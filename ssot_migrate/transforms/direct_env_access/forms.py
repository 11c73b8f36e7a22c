"""Which form of access stands at a name that means the environment: one fact sheet per site."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache

from ssot_migrate.languages.python import Meaning, PythonDocument
from ssot_migrate.model import Capture, Site
from ssot_migrate.transforms.direct_env_access import identity, unions
from ssot_migrate.transforms.direct_env_access.surroundings import surroundings

FUNCTIONS = {"os.getenv", "os.putenv", "os.unsetenv", "os.getenvb", "os.environb"}
_NAMES = {"environ", "environb", "getenv", "getenvb", "putenv", "unsetenv"}
_AS = rb"b?(?:[\s\\]|#[^\n]*)+as\b"
_RENAMED = tuple((stem, re.compile(stem + _AS)) for stem in (b"environ", b"getenv", b"putenv", b"unsetenv"))
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


def access(rule: str, node: ast.Attribute | ast.Name, doc: PythonDocument) -> Iterator[Site]:
    """The site at ``node``, if it means the environment or a function of it."""
    last = node.attr if isinstance(node, ast.Attribute) else node.id
    if last in ("setenv", "delenv"):
        yield from _monkeypatch(rule, node, doc)
        return
    if last not in _NAMES and (isinstance(node, ast.Attribute) or not _renamed(doc.text)):
        return
    meaning = doc.meaning(node)
    if meaning is None or meaning.via == "alias" or _tail(meaning.dotted) not in _NAMES:
        return
    kind, captures, key = _form(node, doc, _tail(meaning.dotted))
    facts = {"means": meaning.dotted, **_doubt(meaning), **surroundings(node, doc, kind)}
    captures["node"] = doc.capture(node)
    yield doc.site(rule, kind, node, captures=captures, facts=facts, key=key, hits=_hits(node, doc))


@lru_cache(maxsize=1)
def _renamed(text: bytes) -> bool:
    """Whether an import gives one of the names another."""
    return any(stem in text and pattern.search(text) for stem, pattern in _RENAMED)


def _tail(dotted: str) -> str:
    return dotted.rpartition(".")[2]


def _doubt(meaning: Meaning) -> dict[str, str]:
    return {} if meaning.certain else {"doubt": meaning.told}


def _hits(node: ast.Attribute | ast.Name, doc: PythonDocument) -> tuple[int, ...]:
    span = doc.span(node)
    return (span.end - len(node.attr.encode()),) if isinstance(node, ast.Attribute) else (span.start,)


def _form(node: ast.expr, doc: PythonDocument, tail: str) -> tuple[str, dict[str, Capture], str]:
    """Kind of access, what a rewrite must see of it, and the key ``env:NAME`` where it is constant."""
    if tail != "environ":
        call = doc.parent if isinstance(doc.parent, ast.Call) and doc.parent.func is node else None
        return (tail if call else f"{tail}-value"), _whole(call, doc), _key(call.args[:1] if call else [])
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
            return "in", kept, _key([left])
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


def _key(expressions: list[ast.expr]) -> str:
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
        return "method", {}, _key(call.args)
    if method not in _METHODS:
        return "attribute", {}, ""
    captures = {"func": doc.capture(call.func), "call": doc.capture(call)}
    if method == "pop" and _is_statement(doc, call) and _pops_quietly(call):
        captures["quiet-key"] = doc.capture(call.args[0])
    return method, captures, _key(call.args)


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
        return "read", {}, _key([key])
    if isinstance(subscript.ctx, ast.Del):
        return "delete", {}, _key([key])
    match doc.stack[-2]:
        case ast.AugAssign():
            return "augmented", {}, _key([key])
        case ast.Assign(targets=[_], value=value) as statement if not isinstance(key, ast.Slice):
            captures = {
                "statement": doc.capture(statement),
                "key": doc.capture(key),
                "value": doc.capture(value),
            }
            return "write", captures, _key([key])
    return "write", {}, _key([key])


def _argument(node: ast.expr, call: ast.Call, doc: PythonDocument) -> tuple[str, dict[str, Capture], str]:
    if isinstance(call.func, ast.Name) and call.func.id == "dict" and doc.lookup("dict") is None:
        return "copy", ({"call": doc.capture(call)} if len(call.args) == 1 and not call.keywords else {}), ""
    if call.args and call.args[0] is node and is_patch_dict(call.func, doc):
        return "patch.dict", _patch_block(call, doc), ""
    if call.args and call.args[0] is node and _is_setattr(call, doc):
        return "rebind", {}, ""
    return "pass", {}, ""


def is_patch_dict(func: ast.expr, doc: PythonDocument) -> bool:
    """Whether ``func`` is ``unittest.mock.patch.dict`` or pytest-mock's ``mocker.patch.dict``."""
    meaning = doc.meaning(func)
    if meaning and meaning.dotted in ("unittest.mock.patch.dict", "mock.patch.dict"):
        return True
    match func:
        case ast.Attribute(attr="dict", value=ast.Attribute(attr="patch", value=ast.Name(id="mocker"))):
            return True
    return False


def _is_setattr(call: ast.Call, doc: PythonDocument) -> bool:
    return isinstance(call.func, ast.Attribute) and call.func.attr in ("setattr", "object")


def _patch_block(call: ast.Call, doc: PythonDocument) -> dict[str, Capture]:
    """The captures of ``with patch.dict(env, {…}):`` where the instance API can say the same."""
    plain_item = isinstance(doc.stack[-2], ast.withitem) and doc.stack[-2].optional_vars is None
    literal = all(isinstance(argument, ast.Dict) for argument in call.args[1:])
    named = all(keyword.arg not in (None, "clear", "values", "in_dict") for keyword in call.keywords)
    in_with = isinstance(doc.stack[-3], ast.With)
    if not (plain_item and in_with and literal and named and len(call.args) <= 2):
        return {}
    captures = {"func": doc.capture(call.func), "call": doc.capture(call)}
    following: list[ast.expr | ast.keyword] = [*call.args[1:], *call.keywords]
    if following:
        captures["rest"] = doc.capture(min(following, key=lambda n: (n.lineno, n.col_offset)))
    return captures


def _monkeypatch(rule: str, node: ast.Attribute | ast.Name, doc: PythonDocument) -> Iterator[Site]:
    call = doc.parent
    if not isinstance(node, ast.Attribute) or not isinstance(call, ast.Call) or call.func is not node:
        return
    if not isinstance(node.value, ast.Name) or not _is_monkeypatch(node.value.id, doc):
        return
    captures = {"func": doc.capture(node), "call": doc.capture(call)}
    if call.args:
        captures["key"] = doc.capture(call.args[0])
    facts = {"means": f"monkeypatch.{node.attr}", "plain": str(int(_plain_patch(node.attr, call)))}
    facts |= {"object": node.value.id, **surroundings(node, doc, node.attr)}
    yield doc.site(
        rule, node.attr, node, captures=captures, facts=facts, key=_key(call.args), hits=_hits(node, doc)
    )


def _is_monkeypatch(name: str, doc: PythonDocument) -> bool:
    """A fixture parameter of that name, or a variable that holds a ``pytest.MonkeyPatch()``."""
    found = doc.lookup(name)
    if not found:
        return False
    kinds = {binding.kind for binding in found[1]}
    return kinds == {"param"} and name in ("monkeypatch", "mp", "monkeysession", "monkeymodule")


def _plain_patch(method: str, call: ast.Call) -> bool:
    """Whether ``setitem``/``delitem`` take the same arguments: text values, no ``prepend``."""
    if any(isinstance(argument, ast.Starred) for argument in call.args):
        return False
    if method == "delenv":
        return len(call.args) in (1, 2) and all(keyword.arg == "raising" for keyword in call.keywords)
    if len(call.args) != 2 or call.keywords:
        return False
    value = call.args[1]
    is_text = isinstance(value, ast.JoinedStr) or (
        isinstance(value, ast.Constant) and isinstance(value.value, str)
    )
    is_str_call = isinstance(value, ast.Call) and isinstance(value.func, ast.Name) and value.func.id == "str"
    return is_text or is_str_call
