"""Replacements that a test makes for a while: ``patch``, ``mocker.patch``, ``monkeypatch.setattr``."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_migrate.languages.names import last_name, root_name, spelled
from ssot_migrate.languages.nodes import subtree
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import FunctionNode
from ssot_migrate.languages.words import word_offsets
from ssot_migrate.model import Site

PATCH = "patch"
_PATCHERS = frozenset({"patch", "object", "multiple"})
# How many arguments of a patch say what is put in, so that no mock is handed to the test.
_NEW = {"patch": 2, "object": 3, "multiple": 0}
MAKERS = ("Mock", "MagicMock", "AsyncMock", "NonCallableMock", "PropertyMock", "create_autospec", "mock_open")
WORDS = (*MAKERS, "patch", "monkeypatch", "mocker")
_WORDS = tuple(word.encode() for word in WORDS)


def patch_site(rule: str, node: ast.Call, doc: PythonDocument) -> Iterator[Site]:
    """The site of a call that replaces something, with what it replaces."""
    if not is_patch(node, doc) or _sets_a_value(node) or calls_through(node, doc):
        return
    facts = {"stands": replaced(node, doc), "target": sure_target(node, doc)}
    yield doc.site(rule, PATCH, node, facts=facts, hits=hits_below(node, doc))


def is_patch(node: ast.AST, doc: PythonDocument) -> bool:
    """Whether a call replaces an object or attribute, however it is spelled."""
    if not isinstance(node, ast.Call):
        return False
    name, root = last_name(node.func), root_name(node.func)
    if root.endswith("monkeypatch"):
        return name == "setattr" and isinstance(node.func, ast.Attribute)
    if name not in _PATCHERS:
        return False
    if root.endswith("mocker"):
        return "patch" in spelled(node.func)
    meaning = doc.meaning(node.func)
    return meaning is not None and meaning.dotted.startswith(
        ("unittest.mock.patch", "mock.patch", "mock.mock.patch")
    )


def sure_target(node: ast.Call, doc: PythonDocument) -> str:
    """The target of a patch that fails if it is not there; empty if not all of it is written down."""
    if not is_patch(node, doc) or any(k.arg in ("create", "raising", None) for k in node.keywords):
        return ""
    if last_name(node.func) == "multiple" or doc.enclosing(ast.Try) or _expects_error(doc):
        return ""
    named = node.args[0] if node.args else None
    if last_name(node.func) == "object" and not (named is not None and doc.meaning(named)):
        return ""
    target = "" if isinstance(named, ast.JoinedStr) else replaced(node, doc)
    return target if target.count(".") and all(part.isidentifier() for part in target.split(".")) else ""


def _expects_error(doc: PythonDocument) -> bool:
    withs = (node for node in doc.stack if isinstance(node, ast.With | ast.AsyncWith))
    opened = (item.context_expr for node in withs for item in node.items)
    return any(b"raises" in doc.span(e).slice(doc.text) and "raises" in ast.unparse(e) for e in opened)


def calls_through(node: ast.Call, doc: PythonDocument) -> bool:
    """Whether a mock or patch hands each call on to what it stands before: nothing is pretended."""
    given = {keyword.arg: keyword.value for keyword in node.keywords}
    if "wraps" in given:
        return True
    new = given.get("side_effect") or given.get("new") or (node.args[2] if len(node.args) > 2 else None)
    function = doc.function()
    if last_name(node.func) != "object" or function is None or not isinstance(new, ast.Name):
        return False
    inside = (inner for inner in subtree(function) if isinstance(inner, FunctionNode))
    return any(inner.name == new.id and _kept(node, function) & _called(inner) for inner in inside)


def _kept(node: ast.Call, function: FunctionNode) -> set[str]:
    """Names under which ``function`` keeps what the ``patch.object`` call ``node`` replaces."""
    match node.args[:2]:
        case [owner, ast.Constant(value=str(name))]:
            original = f"{ast.unparse(owner)}.{name}"
            assigned = (n for n in subtree(function) if isinstance(n, ast.Assign))
            given = (n.targets for n in assigned if spelled(n.value) == original)
            return {spelled(target) for targets in given for target in targets}
    return set()


def _called(function: FunctionNode) -> set[str]:
    return {spelled(node.func) for node in subtree(function) if isinstance(node, ast.Call)}


def result_of(node: ast.Call, doc: PythonDocument) -> str:
    """What is replaced by the patch whose mock ``node`` becomes part of; empty if none."""
    match doc.parent:
        case ast.Assign(targets=[ast.Attribute() as target]):
            name = root_name(target)
            return next((replaced(call, doc) for given, call in _given(doc) if given == name), "")
    return ""


def _given(doc: PythonDocument) -> Iterator[tuple[str, ast.Call]]:
    """Names of the mocks that the patches around the current node give, each with its patch."""
    for above in reversed(doc.stack):
        for item in above.items if isinstance(above, ast.With | ast.AsyncWith) else ():
            call = item.context_expr
            if (
                isinstance(item.optional_vars, ast.Name)
                and isinstance(call, ast.Call)
                and is_patch(call, doc)
            ):
                yield item.optional_vars.id, call
    function = doc.function()
    if function:
        calls = [d for d in reversed(function.decorator_list) if isinstance(d, ast.Call) and is_patch(d, doc)]
        makers = [call for call in calls if len(call.args) < _NEW[last_name(call.func)] and not _new(call)]
        names = [argument.arg for argument in function.args.args if argument.arg not in ("self", "cls")]
        yield from zip(names, makers, strict=False)


def _new(call: ast.Call) -> bool:
    return any(keyword.arg == "new" for keyword in call.keywords)


def hits_below(node: ast.AST, doc: PythonDocument) -> tuple[int, ...]:
    """Where legacy names stand in an expression: all belong to its site."""
    assert isinstance(node, ast.expr | ast.stmt)
    span = doc.span(node)
    text = span.slice(doc.text)
    found = (word for word in _WORDS if word in text)
    return tuple(sorted(span.start + offset for word in found for offset in word_offsets(text, word)))


def _sets_a_value(node: ast.Call) -> bool:
    """Whether what is put in is a plain value, such as a limit or a flag."""
    values = [*node.args[1:], *(k.value for k in node.keywords if k.arg in ("new", "value"))]
    return (
        bool(values)
        and isinstance(values[-1], ast.Constant | ast.Dict | ast.List | ast.Tuple)
        and (len(node.args) != 2 or last_name(node.func) == "patch" or _names_attribute(node))
    )


def _names_attribute(node: ast.Call) -> bool:
    """Whether the first argument of ``setattr`` is the whole target, and the second the value."""
    first = node.args[0]
    return last_name(node.func) == "setattr" and isinstance(first, ast.Constant)


def replaced(node: ast.Call, doc: PythonDocument) -> str:
    """The dotted name of what is replaced, as far as it is written down."""
    parts: list[str] = []
    for argument in node.args[:2]:
        if isinstance(argument, ast.Constant) and isinstance(argument.value, str):
            parts.append(argument.value)
        elif not parts and isinstance(argument, ast.Name | ast.Attribute):
            meaning = doc.meaning(argument)
            parts.append(meaning.dotted if meaning else spelled(argument))
        elif isinstance(argument, ast.JoinedStr) and not parts:
            parts.append(
                "".join(str(v.value) if isinstance(v, ast.Constant) else "x" for v in argument.values)
            )
        if last_name(node.func) == "patch":
            break
    return ".".join(parts)
