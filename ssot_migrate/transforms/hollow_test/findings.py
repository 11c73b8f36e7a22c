"""The sites of one test: the test as a whole, or else each hollow piece of it."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import lru_cache

import msgspec

from ssot_migrate.languages.decorators import TRANSPARENT, decorator_name, fixtures_of, skips_always
from ssot_migrate.languages.nodes import subtree
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import FunctionNode
from ssot_migrate.model import Site
from ssot_migrate.transforms.hollow_test.callees import Callees, is_tear_down
from ssot_migrate.transforms.hollow_test.checks import CHECKING_PARAMETERS, is_check, nodes_of
from ssot_migrate.transforms.hollow_test.flow import idle_assertions
from ssot_migrate.transforms.hollow_test.reasons import CONSTANT, FIXTURES, Hollow
from ssot_migrate.transforms.hollow_test.suspects import suspects
from ssot_migrate.transforms.hollow_test.tautologies import tautology
from ssot_migrate.transforms.hollow_test.whole import hollow_whole

_OPEN = re.compile(r"skip$|xfail|expectedFailure|fixture|compare|image|benchmark|regress", re.IGNORECASE)

_CLAIMS = (ast.Assert, ast.Expr)
_CHECKING = re.compile("|".join(CHECKING_PARAMETERS), re.IGNORECASE)
_SET_ASIDE = re.compile(r"\.(?:skip|xfail|expectedFailure)$")


def hollow_sites(rule: str, test: FunctionNode, doc: PythonDocument) -> Iterator[Site]:
    """What is hollow in ``test``, at which the walk stands."""
    line = doc.starts[test.lineno - 1] if test.lineno > 1 else 0
    if line not in suspects(doc.source.path, doc.text) or doc.function() or not _may_be_hollow(test, doc):
        return
    callees = Callees(doc)
    if whole := hollow_whole(test, doc, callees):
        facts = {"calls": " ".join(sorted(callees.elsewhere))} if callees.elsewhere else {}
        if whole.kind in FIXTURES and (given := fixtures_of(test, doc)):
            whole = whole._replace(why=FIXTURES[whole.kind].format(", ".join(given)))
        yield _site(rule, whole, test, doc, facts)
        return
    for piece in idle_assertions(test):
        yield _site(rule, piece, test, doc, {})
    for node in (node for node in nodes_of(test) if isinstance(node, _CLAIMS)):
        found = tautology(node.value if isinstance(node, ast.Expr) else node, test)
        if found and not found.bare:
            yield _site(rule, Hollow(CONSTANT, node, found.why), test, doc, {})


def _may_be_hollow(test: FunctionNode, doc: PythonDocument) -> bool:
    """Whether neither decorators nor fixtures nor the class's own tear-down may check for the test."""
    names = [decorator_name(decorator, doc) for decorator in test.decorator_list]
    if any(skips_always(decorator, doc) for decorator in test.decorator_list):
        return False
    if not all(name.startswith(TRANSPARENT) and not _OPEN.search(name) for name in names):
        return False
    if any(_sets_aside(above, doc) for above in doc.scopes):
        return False
    if any(_CHECKING.search(argument.arg) for argument in (*test.args.args, *test.args.kwonlyargs)):
        return False
    owner = doc.parent
    return not isinstance(owner, ast.ClassDef) or not _checks_at_the_end(owner, doc)


@lru_cache(maxsize=1)
def _checks_at_the_end(owner: ast.ClassDef, doc: PythonDocument) -> bool:
    hooks = (m for m in owner.body if isinstance(m, FunctionNode) and is_tear_down(m.name))
    return any(is_check(node) for hook in hooks for node in subtree(doc.whole(hook)))


def _sets_aside(above: ast.AST, doc: PythonDocument) -> bool:
    """Whether a class or the module marks all of its tests as skipped or expected to fail, or stops there."""
    marks = list(above.decorator_list) if isinstance(above, ast.ClassDef) else []
    for statement in (
        above.body if _marks_all(doc.text) and isinstance(above, ast.ClassDef | ast.Module) else ()
    ):
        match statement:
            case ast.Assign(targets=[ast.Name(id="pytestmark")], value=value):
                marks += value.elts if isinstance(value, ast.List | ast.Tuple) else [value]
            case ast.Expr(value=ast.Call(func=func, keywords=[*_, ast.keyword(arg="allow_module_level")])):
                return ast.unparse(func) == "pytest.skip"
    return any(_SET_ASIDE.search(decorator_name(mark, doc)) or skips_always(mark, doc) for mark in marks)


@lru_cache(maxsize=1)
def _marks_all(text: bytes) -> bool:
    return b"pytestmark" in text or b"allow_module_level" in text


def _site(rule: str, found: Hollow, test: FunctionNode, doc: PythonDocument, facts: dict[str, str]) -> Site:
    """A site at the first line of what is hollow, so that its fingerprint does not hang on the rest."""
    site = doc.site(rule, found.kind, found.node, facts={"why": found.why, "test": test.name, **facts})
    if doc.scope_name():
        site.facts["class"] = doc.scope_name()
    scope = ".".join(filter(None, (doc.scope_name(), test.name)))
    return msgspec.structs.replace(site, span=doc.header(found.node), scope=scope)
