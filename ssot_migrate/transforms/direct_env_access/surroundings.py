"""Where a site stands: in which class and method, whether its test is about the environment itself."""

from __future__ import annotations

import ast
import re

from ssot_migrate.languages.nodes import subtree
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import FunctionNode

_SAVE = re.compile(rb"\.\w+[ \t]*=[^=\n][^\n]*environ")
_SUBJECT = re.compile(r"(?:^|_)(?:environ|getenv)(?:_|$)")


def surroundings(node: ast.expr, doc: PythonDocument, kind: str) -> dict[str, str]:
    """Facts for the verdict: root name, local import, class, self name, function, split restore."""
    facts = {"root": root_name(node)}
    if like := _local_import(facts["root"], doc):
        facts["like"] = like
    function = doc.function()
    if function is not None:
        facts["function"] = function.name
        if function.name.startswith("test") and _SUBJECT.search(function.name):
            facts["subject"] = "1"
    method = doc.method_of()
    if method is not None:
        facts |= _method_facts(*method, doc)
    return facts


def root_name(node: ast.expr) -> str:
    """The leftmost name of an attribute chain; empty if it starts otherwise."""
    while isinstance(node, ast.Attribute):
        node = node.value
    return node.id if isinstance(node, ast.Name) else ""


def _local_import(root: str, doc: PythonDocument) -> str:
    """The offset of the function-level import statement that binds ``root``, as text."""
    found = doc.lookup(root)
    if not found or found[0] is doc.tree or isinstance(found[0], ast.ClassDef):
        return ""
    imports = [b.node for b in found[1] if isinstance(b.node, ast.Import | ast.ImportFrom)]
    return str(doc.span(imports[0]).start) if imports else ""


def _method_facts(owner: ast.ClassDef, method: FunctionNode, doc: PythonDocument) -> dict[str, str]:
    facts = {"class": _class_name(owner, doc), "method": method.name}
    decorators = {d.id for d in method.decorator_list if isinstance(d, ast.Name)}
    arguments = [*method.args.posonlyargs, *method.args.args]
    if arguments and not decorators & {"classmethod", "staticmethod"}:
        facts["self"] = arguments[0].arg
        found = doc.lookup(arguments[0].arg)
        if not found or found[0] is not method or len(found[1]) != 1:
            facts.pop("self")
    if _restores_by_hand(owner, doc):
        facts["split"] = "1"
    return facts


def _class_name(owner: ast.ClassDef, doc: PythonDocument) -> str:
    names = []
    for scope in doc.scopes:
        if isinstance(scope, ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef):
            names.append(scope.name)
        if scope is owner:
            break
    return ".".join(names)


def _restores_by_hand(owner: ast.ClassDef, doc: PythonDocument) -> bool:
    """Whether one method keeps a copy of the environment on the instance and another puts it back."""
    known = getattr(owner, "_ssot_restores", None)
    if known is None:
        span = doc.span(owner)
        known = bool(_SAVE.search(doc.text, span.start, span.end)) and _puts_back(owner)
        owner._ssot_restores = known  # type: ignore[attr-defined]  # asked once per site of the class
    return bool(known)


def _puts_back(owner: ast.ClassDef) -> bool:
    methods = [m for m in owner.body if isinstance(m, ast.FunctionDef | ast.AsyncFunctionDef)]
    saved = {(attr, m.name) for m in methods for attr in _saves(m)}
    return any(attr in _uses(m) and m.name != saver for attr, saver in saved for m in methods if _touches(m))


def _saves(method: FunctionNode) -> set[str]:
    """Attributes of the instance that are assigned a copy of the whole environment."""
    saved = set()
    for node in subtree(method):
        match node:
            case ast.Assign(targets=[ast.Attribute(attr=attr)], value=value) if _copies(value):
                saved.add(attr)
    return saved


def _copies(value: ast.expr) -> bool:
    text = ast.unparse(value) if isinstance(value, ast.Call | ast.Dict | ast.Attribute) else ""
    return "environ" in text and not re.search(r"environ\s*(\.get|\[|\.pop)|getenv", text)


def _uses(method: FunctionNode) -> set[str]:
    return {node.attr for node in subtree(method) if isinstance(node, ast.Attribute)}


def _touches(method: FunctionNode) -> bool:
    return "environ" in _uses(method) or any(
        isinstance(node, ast.Name) and node.id == "environ" for node in subtree(method)
    )
