"""Relative imports in a file: where they stand, and what around them matters."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from itertools import accumulate

import msgspec

from ssot_migrate.edits import Span
from ssot_migrate.languages.names import last_name
from ssot_migrate.languages.nodes import subtree
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Capture, Site
from ssot_migrate.transforms.absolute_import.blocks import block_of

STATEMENT, DYNAMIC, FINDER = "statement", "dynamic", "finder"
META_PATH = "meta_path"
_GAP = rb"(?:[ \t\f]|\\\r?\n)*"
_PLACES = (re.compile(rb"from" + _GAP + rb"(?=\.)"), re.compile(rb"import_module\(\s*(?=[\"']\.)"))
_HEAD = re.compile(
    rb"from(?P<gap>"
    + _GAP
    + rb")(?P<path>\.(?:[\w.\x80-\xff \t\f]|\\\r?\n)*?)(?P<after>"
    + _GAP
    + rb")(?<![\w\x80-\xff])import\b"  # a module may be called "reimport"
)
_WORD = re.compile(rb"[\w.]")
_LOADED = re.compile(rb"(?:import_module|__import__|find_spec)\(\s*[\"']([\w.]+)[\"']")
_CATCHING = {"ImportError", "ModuleNotFoundError", "Exception", "BaseException"}


def places(path: str, data: bytes) -> Iterator[int]:
    """Where relative imports seem to stand: at ``from``, or at the text that ``import_module`` is given."""
    if b"import" not in data:
        return
    for found in _PLACES[0].finditer(data):
        if not _WORD.match(data, found.start() - 1) or not found.start():
            yield found.start()
    if b"import_module" in data:
        yield from (found.end() for found in _PLACES[1].finditer(data))


def statement(rule: str, node: ast.ImportFrom, doc: PythonDocument) -> Iterator[Site]:
    """The site of a relative import statement."""
    span = doc.span(node)
    found = _HEAD.match(doc.text, span.start) if node.level else None
    if found is None:
        return
    path = Span(*found.span("path"))
    facts = {
        "level": str(node.level),
        "module": node.module or "",
        "before": "" if found["gap"] else " ",
        "after": "" if found["after"] else " ",
        **_guard(node, doc),
    }
    if b"__package__" in doc.text:
        facts["package"] = "1"
    if aligned := _aligned(span, doc.text):
        facts["aligned"] = " ".join(map(str, aligned))
    captures = {"path": Capture(path.slice(doc.text).decode("utf-8"), path)}
    if block := block_of(node, doc):
        own = next(line for line in block.lines if line.start <= span.start < line.end)
        lines = Span(own.start, own.end)
        captures["lines"] = Capture(lines.slice(doc.text).decode("utf-8"), lines)
        if own == next(line for line in block.lines if line.level):
            facts["block"] = msgspec.json.encode(block).decode()
    yield doc.site(rule, STATEMENT, node, captures=captures, facts=facts, hits=(span.start,))


def _aligned(span: Span, text: bytes) -> list[int]:
    """Where the further lines of a statement start, if all are indented up to its opening parenthesis."""
    lines = span.slice(text).split(b"\n")
    column = span.start - text.rfind(b"\n", 0, span.start) + lines[0].find(b"(")
    if b"(" not in lines[0] or any(len(line) - len(line.lstrip(b" ")) != column for line in lines[1:]):
        return []
    ends = accumulate(len(line) + 1 for line in lines[:-1])
    return [span.start + end for end in ends]


def _guard(node: ast.ImportFrom, doc: PythonDocument) -> dict[str, str]:
    """Whether somebody waits for the import to fail, and whether another import then takes its place."""
    facts: dict[str, str] = {}
    for around, inside in zip(doc.stack, [*doc.stack[1:], node], strict=True):
        match around:
            case ast.Try(body=body, handlers=handlers) if any(map(_catches, handlers)):
                parts = [*body, *(statement for handler in handlers for statement in handler.body)]
                others = [s for s in parts if s is not inside and s is not node and not _holds(s, node)]
                facts |= {"pair": "1"} if any(_binds_same(s, node) for s in others) else {}
                facts |= {"guarded": "1"} if inside in body else {}
            case ast.With(items=items) if any("ImportError" in ast.unparse(i.context_expr) for i in items):
                facts["guarded"] = "1"
    return facts


def _catches(handler: ast.ExceptHandler) -> bool:
    kinds = handler.type.elts if isinstance(handler.type, ast.Tuple) else [handler.type]
    return any(kind is None or last_name(kind) in _CATCHING for kind in kinds)


def _holds(statement: ast.stmt, node: ast.AST) -> bool:
    return any(inner is node for inner in subtree(statement))


def _binds_same(statement: ast.stmt, node: ast.ImportFrom) -> bool:
    names = {alias.asname or alias.name for alias in node.names}
    imports = (i for i in subtree(statement) if isinstance(i, ast.Import | ast.ImportFrom))
    return any(names & {alias.asname or alias.name for alias in found.names} for found in imports)


def dynamic(rule: str, node: ast.Call, doc: PythonDocument) -> Iterator[Site]:
    """The site of an ``import_module`` that is given a relative name."""
    if last_name(node.func) != "import_module" or not node.args:
        return
    name = node.args[0]
    if isinstance(name, ast.Constant) and isinstance(name.value, str) and name.value.startswith("."):
        start = doc.span(name).start
        yield doc.site(rule, DYNAMIC, node, facts={"name": name.value}, hits=(start,))


def finder(rule: str, node: ast.Attribute, doc: PythonDocument) -> Iterator[Site]:
    """The site of a ``sys.meta_path`` beside which packages are loaded, perhaps to get another name."""
    if node.attr != META_PATH:
        return
    names = sorted({name.decode() for name in _LOADED.findall(doc.text)})
    if names:
        yield doc.site(rule, FINDER, node, facts={"names": " ".join(names)})
