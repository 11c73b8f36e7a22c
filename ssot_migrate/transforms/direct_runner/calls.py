"""Test runs inside the process: ``pytest.main`` and ``unittest.main``, under whatever name."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import msgspec

from ssot_migrate.languages.nodes import subtree
from ssot_migrate.languages.python import Meaning, PythonDocument
from ssot_migrate.languages.walk import walk
from ssot_migrate.model import Capture, Site
from ssot_migrate.transforms.direct_runner.exit_status import use_of_value
from ssot_migrate.transforms.direct_runner.given import Call, given, given_to_pytest, given_to_unittest
from ssot_migrate.transforms.direct_runner.surroundings import (
    fills_line,
    guarded,
    import_path,
    imported_before,
    in_test,
    is_test_file,
    statement,
)

PYTEST = {"pytest.main", "_pytest.config.main", "pytest.cmdline.main", "py.test.cmdline.main", "py.test.main"}
UNITTEST = {"unittest.main", "unittest.TestProgram"}
_MAINS = PYTEST | UNITTEST
WORDS = (
    *("pytest.main", "unittest.main", "TextTestRunner"),
    *("pytest as", "unittest as", "pytest import main", "unittest import main"),
)
"""How a run inside the process is spelled, and the imports that let it be spelled otherwise."""
BY_HAND = {"unittest.TextTestRunner", "unittest.runner.TextTestRunner", "pytest.console_main"}


def in_process(rule: str, node: ast.Call, doc: PythonDocument) -> Iterator[Site]:
    """The site at a call that runs tests, if ``node`` is one and its name says so."""
    bare = isinstance(node.func, ast.Name) and node.func.id != "TextTestRunner"
    if not bare:
        yield from _of_call(rule, node, doc)


def of_import(rule: str, node: ast.ImportFrom, doc: PythonDocument) -> Iterator[Site]:
    """The sites at calls of a function that ``node`` imports: its name alone leads no walk there."""
    names = [alias.asname or alias.name for alias in node.names if f"{node.module}.{alias.name}" in _MAINS]
    own = doc.again()
    found: list[Site] = []

    def visit(call: ast.AST) -> None:
        assert isinstance(call, ast.Call)
        if isinstance(call.func, ast.Name) and call.func.id in names and _imports_it(node, call.func, own):
            found.extend(_of_call(rule, call, own))

    lines = {line for name in names for line in doc.lines_with(name)}
    walk(own, sorted(lines), {ast.Call: [visit]})
    yield from found


def _imports_it(node: ast.ImportFrom, name: ast.Name, doc: PythonDocument) -> bool:
    meaning = doc.meaning(name)
    return meaning is not None and meaning.node is node


def _of_call(rule: str, node: ast.Call, doc: PythonDocument) -> Iterator[Site]:
    meaning = doc.meaning(node.func)
    if meaning is None:
        return
    if meaning.dotted in PYTEST:
        yield _site(rule, "pytest.main", node, doc, given_to_pytest(node, doc), meaning)
    elif meaning.dotted in UNITTEST:
        yield _site(rule, "unittest.main", node, doc, given_to_unittest(node), meaning)
    elif meaning.dotted in BY_HAND:
        yield _site(rule, "by-hand", node, doc, Call(), meaning)


def _site(rule: str, kind: str, node: ast.Call, doc: PythonDocument, call: Call, meaning: Meaning) -> Site:
    call = msgspec.structs.replace(
        call,
        value=use_of_value(node, doc),
        guarded=guarded(doc),
        in_test=in_test(doc),
        own_line=fills_line(statement(doc), doc),
        test_file=is_test_file(doc.source.path),
        folders=tuple(import_path(doc)),
        modules=tuple(imported_before(doc)),
    )
    root = _root(node.func)
    facts = {
        "call": msgspec.json.encode(call).decode(),
        "root": root,
        "like": str(_import_place(root, doc)),
    }
    if not meaning.certain:
        facts["doubt"] = meaning.told
    captures = {"func": doc.capture(node.func), "call": doc.capture(node)}
    if call.listed:
        captures["given"] = doc.capture(given(node))
    hits = _hits(captures["func"], meaning.dotted)
    site = doc.site(rule, kind, node, captures=captures, facts=facts, key=_key(doc), hits=hits)
    return msgspec.structs.replace(site, eager=False)  # its import stands beside it, not at the module's head


def _key(doc: PythonDocument) -> str:
    return "" if is_test_file(doc.source.path) else f"runs-tests:{doc.source.path}"


def _root(func: ast.expr) -> str:
    while isinstance(func, ast.Attribute):
        func = func.value
    return func.id if isinstance(func, ast.Name) else ""


def _hits(func: Capture, dotted: str) -> tuple[int, ...]:
    """Where the rule's word stands in the call's name, if the name is written out."""
    last = dotted.rpartition(".")[2]
    if func.text in ("pytest.main", "unittest.main"):
        return (func.span.start,)
    return (func.span.end - len(last),) if last == "TextTestRunner" and func.text.endswith(last) else ()


def _import_place(root: str, doc: PythonDocument) -> int:
    """The statement to import beside: what imports ``root`` in this block, else the first that runs tests."""
    own = statement(doc)
    block = _block(own, doc)
    for earlier in reversed(block[: block.index(own)]):
        span = doc.span(earlier)
        if b"sys.path" in span.slice(doc.text):
            break
        imports = earlier.names if isinstance(earlier, ast.Import | ast.ImportFrom) else []
        if any((alias.asname or alias.name) == root for alias in imports):
            return span.start
    return doc.span(next(s for s in block if s is own or _runs_tests(s, doc))).start


def _block(own: ast.stmt, doc: PythonDocument) -> list[ast.stmt]:
    """The statements among which ``own`` stands."""
    for holder in reversed(doc.stack):
        for field in ("body", "orelse", "finalbody"):
            block = getattr(holder, field, None)
            if isinstance(block, list) and own in block:
                return block
    return [own]


def _runs_tests(node: ast.stmt, doc: PythonDocument) -> bool:
    if not isinstance(node, ast.Expr | ast.Assign | ast.Return | ast.Raise):
        return False
    calls = (inner for inner in subtree(node) if isinstance(inner, ast.Call))
    return any((meaning := doc.meaning(call.func)) and meaning.dotted in _MAINS for call in calls)
