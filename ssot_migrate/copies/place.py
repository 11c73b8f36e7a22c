"""What matters where a definition might be shared: its place in its module, its state, its uses."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from functools import lru_cache

from ssot_migrate.copies.sharing import import_effect, shared_state, specially_made
from ssot_migrate.copies.spelling import Definition
from ssot_migrate.edits import Span
from ssot_migrate.languages.decoding import BOM
from ssot_migrate.languages.nodes import subtree
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.walk import walk

_LINE_END = re.compile(rb"[^\r\n]*(?:\r\n|\r|\n|$)")
_NEWLINE = re.compile(rb"(?:\r\n|\r|\n)?")
_REMARK = re.compile(rb"[ \t]*#[^\r\n]*(?:\r\n|\r|\n)")
_QUOTED = re.compile(rb"[\"'](?<![\"'][\"'])([\w.\[\], |]{1,200})[\"']")
_WORDS = re.compile(rb"\w+")
_DOTTED_END = re.compile(rb"\.(\w+)['\"]")
_WORD = frozenset(byte for byte in range(256) if re.match(rb"\w", bytes([byte])))
_WHITE = frozenset(b" \t\r\n\f\v")


def place_facts(node: Definition, doc: PythonDocument) -> dict[str, str]:
    """What matters where the definition might be shared: its place, its state, its module."""
    cut = cut_of(node, doc)
    nodes = subtree(node)
    names = {inner.id for inner in nodes if isinstance(inner, ast.Name)}
    facts = {
        "cut": f"{cut.start}-{cut.end}",
        "imports": " ".join(sorted(_imports(names, doc))),
    }
    if state := shared_state(node, doc.text, nodes):
        facts["state"] = state
    if effect := import_effect(doc.tree):
        facts["effect"] = effect
    if loses_comments(cut, doc):
        facts["comments"] = "1"
    if made := specially_made(node):
        facts["made"] = made
    if patched := min(names & _dotted_ends(doc.text), default=""):
        facts["patched"] = patched
    return facts


@lru_cache(maxsize=1)
def _dotted_ends(text: bytes) -> frozenset[str]:
    """Names at which a dotted string ends, as that of a patch would."""
    ends = _DOTTED_END.finditer(text)
    return frozenset(found[1].decode("utf-8") for found in ends if text[found.start() - 1] in _WORD)


@lru_cache(maxsize=1)
def _quoted(text: bytes) -> frozenset[bytes]:
    """Words of short strings that may be types."""
    return frozenset(_WORDS.findall(b" ".join(_QUOTED.findall(text))))


def _imports(names: Iterable[str], doc: PythonDocument) -> Iterator[str]:
    """Those of a definition's ``names`` that the module imports, and that no type in quotes needs."""
    known = doc.bindings(doc.tree)
    for name in names:
        if any(b.kind == "import" for b in known.get(name, ())) and name.encode() not in _quoted(doc.text):
            yield name


def loses_comments(cut: Span, doc: PythonDocument) -> bool:
    """Whether a comment stands in what is cut out, or above it so that it must speak of it."""
    above = doc.text.rfind(b"\n", 0, max(0, cut.start - 1)) + 1
    return b"#" in cut.slice(doc.text) or bool(_REMARK.fullmatch(doc.text, above, cut.start))


def cut_of(node: Definition | ast.Assign, doc: PythonDocument) -> Span:
    """The lines of a statement with the blank ones above, so that no two cuts claim the same."""
    decorators = [] if isinstance(node, ast.Assign) else node.decorator_list
    first = min([node.lineno, *(decorator.lineno for decorator in decorators)])
    start = above = doc.starts[first - 1]
    end = _past(_LINE_END, doc.text, doc.span(node).end)
    while above and doc.text[above - 1] in _WHITE:
        above -= 1
    is_first = above <= len(BOM) and doc.text[:above] in (b"", BOM)
    return Span(start if is_first else _past(_NEWLINE, doc.text, above), end)


def _past(pattern: re.Pattern[bytes], text: bytes, offset: int) -> int:
    found = pattern.match(text, offset)
    return found.end() if found else offset


def uses(node: Definition, doc: PythonDocument) -> dict[str, str]:
    """Where plain calls name a definition of the module, their keywords, and how many other uses it has."""
    if doc.text.count(node.name.encode()) == 1:
        return {"calls": "", "keywords": "", "others": "0"}
    calls: list[str] = []
    keywords: set[str] = set()
    others: list[ast.Name] = []
    again = doc.again()

    def visit(name: ast.AST) -> None:
        assert isinstance(name, ast.Name)
        found = again.lookup(name.id) if name.id == node.name else None
        if found is None or found[0] is not again.tree:
            return
        call = again.parent
        if isinstance(call, ast.Call) and call.func is name and _plain(call) and node not in again.stack:
            span = again.span(name)
            calls.append(f"{span.start}-{span.end}")
            keywords.update(keyword.arg or "" for keyword in call.keywords)
        else:
            others.append(name)

    walk(again, doc.lines_with(node.name), {ast.Name: [visit]})
    return {"calls": " ".join(calls), "keywords": " ".join(sorted(keywords)), "others": str(len(others))}


def _plain(call: ast.Call) -> bool:
    return not call.args and all(keyword.arg for keyword in call.keywords)
