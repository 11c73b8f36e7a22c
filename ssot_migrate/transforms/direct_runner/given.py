"""What ``pytest.main`` and ``unittest.main`` are given, as far as it is literal."""

from __future__ import annotations

import ast
from collections.abc import Sequence

from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Frozen
from ssot_migrate.transforms.direct_runner.arguments import Argument
from ssot_migrate.transforms.direct_runner.python_words import word


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


def given_to_pytest(node: ast.Call, doc: PythonDocument) -> Call:
    """What ``pytest.main`` is given; ``options`` says that it reads the command line itself."""
    if len(node.args) > 1 or any(keyword.arg != "args" for keyword in node.keywords):
        return Call(unread="plugins are given as objects, which no command line can carry")
    if not node.args and not node.keywords:
        return Call(options={"argv": "sys"})
    return _words_of(given(node), doc)


def given(node: ast.Call) -> ast.expr:
    """The expression of the argument list, of a call that has one argument."""
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


_UNITTEST_OPTIONS = frozenset(
    ("verbosity", "failfast", "exit", "buffer", "catchbreak", "warnings", "tb_locals", "argv", "module")
)


def given_to_unittest(node: ast.Call) -> Call:
    """What ``unittest.main`` is given, as source text by keyword."""
    if node.args or any(keyword.arg is None for keyword in node.keywords):
        return Call(unread="unittest.main gets positional arguments")
    options = {keyword.arg or "": ast.unparse(keyword.value) for keyword in node.keywords}
    for name in options:
        if name not in _UNITTEST_OPTIONS:
            return Call(unread=f"unittest.main is told {name}, for which the runner has no counterpart")
    return Call(options=options)
