"""Classes that pytest does not collect, marks without cases, and hooks of a project's own collection."""

from __future__ import annotations

import ast
import builtins
import re
from collections.abc import Iterator

from ssot_migrate.languages.names import spelled
from ssot_migrate.languages.nodes import subtree
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.quoted import holds_doctest
from ssot_migrate.languages.scopes import STAR, FunctionNode
from ssot_migrate.languages.words import word_offsets
from ssot_migrate.model import Site
from ssot_migrate.transforms.ad_hoc_mock.doubles import NAMED
from ssot_migrate.transforms.dead_test.places import COLLECTING
from ssot_migrate.transforms.dead_test.sites import header_site

_CALLED = re.compile(rb"(?<![\w.])([A-Z]\w*)\(")
UNCOLLECTED, NO_CASES, OWN_COLLECTION = "uncollected", "no-cases", "own-collection"


def uncollected(rule: str, node: ast.ClassDef, doc: PythonDocument) -> Iterator[Site]:
    """The site of a class with tests that pytest may pass over: by its name, or for its constructor.

    Not for tests that doctest runs.
    """
    methods = [s for s in node.body if isinstance(s, FunctionNode)]
    tests = [m for m in methods if m.name.startswith("test") and m.args.args and not m.decorator_list]
    tests = [test for test in tests if not holds_doctest(test, doc)]
    if not tests or doc.function() or NAMED.fullmatch(node.name) or node.keywords or node.decorator_list:
        return
    if any(isinstance(s, ast.Assign) and "__test__" in map(spelled, s.targets) for s in node.body):
        return
    if len(list(word_offsets(doc.text, node.name))) > 1:
        return  # something uses it as a base or as a helper
    facts = {"tests": str(len(tests)), "init": "1" if any(m.name == "__init__" for m in methods) else ""}
    if facts["init"] and any(f".{m.name}(".encode() in doc.text for m in tests):
        facts["unbound"] = _unbound(doc)  # somebody calls what looks like tests: it helps others
    yield header_site(rule, UNCOLLECTED, node, doc, "", facts)


def _unbound(doc: PythonDocument) -> str:
    """The first class that the file calls and nothing in it defines, with its line; empty if none."""
    if doc.bindings(doc.tree).get(STAR):
        return ""
    for found in _CALLED.finditer(doc.text):
        name = found[1].decode()
        if not doc.bindings(doc.tree).get(name) and not hasattr(builtins, name):
            line = doc.text.count(b"\n", 0, found.start()) + 1
            doc.lines_with(name)
            calls = (n for n in subtree(doc.tree) if isinstance(n, ast.Call) and n.lineno <= line)
            if any(isinstance(call.func, ast.Name) and call.func.id == name for call in calls):
                return f"{name} of line {line}"
    return ""


def no_cases(rule: str, node: ast.Call, doc: PythonDocument) -> Iterator[Site]:
    """The site of a parametrize mark with an empty list of cases."""
    match node:
        case ast.Call(
            func=ast.Attribute(attr="parametrize"), args=[_, ast.List(elts=[]) | ast.Tuple(elts=[]), *_]
        ):
            meaning = doc.meaning(node.func)
            if meaning and meaning.dotted == "pytest.mark.parametrize":
                why = "the list of cases is empty, so pytest skips the test: name some, or delete it"
                yield doc.site(rule, NO_CASES, node, facts={"why": why})


def own_collection(rule: str, node: ast.AST, doc: PythonDocument) -> Iterator[Site]:
    """The site of a hook by which a conftest.py may mark or run tests itself."""
    if doc.parent is not doc.tree:
        return
    names = [node.name] if isinstance(node, FunctionNode) else []
    if isinstance(node, ast.Assign):
        names = [spelled(target) for target in node.targets]
    if set(names) & set(COLLECTING):
        assert isinstance(node, ast.stmt)
        yield doc.site(rule, OWN_COLLECTION, node, key=OWN_COLLECTION)
