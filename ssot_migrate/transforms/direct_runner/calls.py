"""Test runs inside the process: ``pytest.main`` and ``unittest.main``, under whatever name."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence

import msgspec

from ssot_migrate.languages.python import Meaning, PythonDocument
from ssot_migrate.model import Capture, Frozen, Site
from ssot_migrate.transforms.direct_runner.arguments import Argument
from ssot_migrate.transforms.direct_runner.python_words import word
from ssot_migrate.transforms.direct_runner.surroundings import (
    fills_line,
    guarded,
    import_path,
    imported_before,
    in_test,
    is_test_file,
    statement,
    use_of_value,
)  # fmt: skip

PYTEST = {"pytest.main", "_pytest.config.main", "pytest.cmdline.main", "py.test.cmdline.main", "py.test.main"}
UNITTEST = {"unittest.main", "unittest.TestProgram"}
BY_HAND = {"unittest.TextTestRunner", "unittest.runner.TextTestRunner", "pytest.console_main"}


class Call(Frozen, frozen=True):
    """All that a verdict on an in-process run must know of it.

    ``arguments`` are the words given; ``unread`` says why they cannot be told. ``open_end``:
    an expression with more words follows; ``listed`` is the expression of all words where it is
    no list display; ``folders`` and ``modules`` show what can be imported there.
    """

    arguments: tuple[Argument, ...] = ()
    unread: str = ""
    open_end: bool = False
    empty_at: int = -1
    listed: bool = False
    value: str = "ignored"
    guarded: bool = False
    in_test: bool = False
    own_line: bool = True
    test_file: bool = False
    folders: tuple[str, ...] = ()
    modules: tuple[str, ...] = ()
    options: dict[str, str] = {}


def in_process(rule: str, node: ast.Call, doc: PythonDocument) -> Iterator[Site]:
    """The site at a call that runs tests, if ``node`` is one."""
    meaning = doc.meaning(node.func)
    if meaning is None:
        return
    if meaning.dotted in PYTEST:
        yield _site(rule, "pytest.main", node, doc, _pytest(node, doc), meaning)
    elif meaning.dotted in UNITTEST:
        yield _site(rule, "unittest.main", node, doc, _unittest(node, doc), meaning)
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
        facts["doubt"] = meaning.dotted
    captures = {"func": doc.capture(node.func), "call": doc.capture(node)}
    if call.listed:
        captures["given"] = doc.capture(_given(node))
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
    calls = (inner for inner in ast.walk(node) if isinstance(inner, ast.Call))
    return any((meaning := doc.meaning(call.func)) and meaning.dotted in PYTEST | UNITTEST for call in calls)


def _pytest(node: ast.Call, doc: PythonDocument) -> Call:
    if len(node.args) > 1 or any(keyword.arg != "args" for keyword in node.keywords):
        return Call(unread="plugins are given as objects, which no command line can carry")
    if not node.args and not node.keywords:
        return Call(options={"argv": "sys"})
    return _words_of(_given(node), doc)


def _given(node: ast.Call) -> ast.expr:
    return node.args[0] if node.args else node.keywords[0].value


def _words_of(given: ast.expr, doc: PythonDocument) -> Call:
    """The words of an argument list: a display, or a display with more words added."""
    rest = False
    while isinstance(given, ast.BinOp) and isinstance(given.op, ast.Add):
        given, rest = given.left, True
    if isinstance(given, ast.List):
        arguments = tuple(word(element, doc, _quote(given.elts, doc)) for element in given.elts)
        return Call(arguments, open_end=rest, empty_at=doc.span(given).start + 1 if not arguments else -1)
    if isinstance(given, ast.Constant):
        return Call(unread="the arguments are one string, which pytest no longer takes")
    if not rest and _is_list(given, doc):
        return Call(listed=True)
    return Call(unread="the arguments are put together elsewhere")


def _quote(elements: Sequence[ast.expr], doc: PythonDocument) -> str:
    """The quote that the list's own strings are written with."""
    raw = (
        doc.text[doc.span(e).start : doc.span(e).start + 1] for e in elements if isinstance(e, ast.Constant)
    )
    return "'" if next(raw, b'"') == b"'" else '"'


def _is_list(node: ast.expr, doc: PythonDocument) -> bool:
    """Whether ``node`` is a list for certain: a slice of ``sys.argv``, or a name only ever given lists."""
    if isinstance(node, ast.Subscript) and isinstance(node.slice, ast.Slice):
        meaning = doc.meaning(node.value)
        return meaning is not None and meaning.dotted == "sys.argv"
    if not isinstance(node, ast.Name) or not (found := doc.lookup(node.id)):
        return False
    return all(b.kind == "alias" and b.value is not None and _makes_list(b.value) for b in found[1])


def _makes_list(value: ast.expr) -> bool:
    if isinstance(value, ast.BinOp) and isinstance(value.op, ast.Add):
        return _makes_list(value.left) or _makes_list(value.right)
    if isinstance(value, ast.Call):
        return isinstance(value.func, ast.Name) and value.func.id == "list"
    return isinstance(value, ast.List | ast.ListComp)


_UNITTEST_FLAGS = {
    "verbosity",
    "failfast",
    "exit",
    "buffer",
    "catchbreak",
    "warnings",
    "tb_locals",
    "argv",
    "module",
}


def _unittest(node: ast.Call, doc: PythonDocument) -> Call:
    """What ``unittest.main`` is given, as source text by keyword."""
    if node.args or any(keyword.arg is None for keyword in node.keywords):
        return Call(unread="unittest.main gets positional arguments")
    options = {keyword.arg or "": ast.unparse(keyword.value) for keyword in node.keywords}
    for name in options:
        if name not in _UNITTEST_FLAGS:
            return Call(unread=f"unittest.main is told {name}, for which the runner has no counterpart")
    return Call(options=options)
