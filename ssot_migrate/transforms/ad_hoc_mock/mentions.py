"""What makes other sites wait: marks of layers without mocks, patches of a mock class, taken imports."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ssot_migrate.languages.names import last_name
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import imported
from ssot_migrate.languages.words import word_offsets
from ssot_migrate.model import Site
from ssot_migrate.transforms.ad_hoc_mock.names import METHODS, STANDARD
from ssot_migrate.transforms.ad_hoc_mock.places import REAL_MARKS

MARK, PATCH, TAKEN = "layer-mark", "patched-name", "taken-import"
_TARGET = re.compile(r"(?:[A-Za-z_]\w*\.)*(?:Mock|MagicMock|AsyncMock)")
_TYPE = re.compile(r"[\w.\[\], |]{1,200}")
_CODE = re.compile(r"\b(?:Mock|MagicMock|AsyncMock)\(")
_WORDS = tuple(name.encode() for name in METHODS)
_PATCHERS = {"patch", "object", "setattr", "delattr", "multiple"}


def mark(rule: str, node: ast.Attribute, doc: PythonDocument) -> Iterator[Site]:
    """``pytest.mark.integration`` or ``e2e``, with the bytes that it speaks of (none: nobody knows)."""
    if node.attr not in REAL_MARKS:
        return
    meaning = doc.meaning(node)
    if meaning and meaning.dotted.startswith("pytest.mark."):
        facts = {"mark": node.attr, **_range(_spoken_of(node, doc), doc)}
        yield doc.site(rule, MARK, node, facts=facts, key=MARK)


def _spoken_of(node: ast.Attribute, doc: PythonDocument) -> ast.AST | None:
    """The module, class or function that the mark is put on."""
    for above in reversed(doc.stack):
        match above:
            case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
                here = doc.span(node)
                return above if any(doc.span(d).covers(here) for d in above.decorator_list) else None
            case ast.Assign(targets=[ast.Name(id="pytestmark")]):
                return doc.scopes[-1]
    return None


def _range(owner: ast.AST | None, doc: PythonDocument) -> dict[str, str]:
    match owner:
        case ast.Module():
            return {"start": "0", "end": str(len(doc.text))}
        case ast.FunctionDef() | ast.AsyncFunctionDef() | ast.ClassDef():
            span = doc.span(owner)
            start = min([span.start, *(doc.span(d).start for d in owner.decorator_list)])
            named = {"class": _qualified(owner, doc)} if isinstance(owner, ast.ClassDef) else {}
            return {"start": str(start), "end": str(span.end), **named}
    return {}


def _qualified(owner: ast.ClassDef, doc: PythonDocument) -> str:
    scope = doc.scope_name()
    return scope if owner in doc.scopes else ".".join(filter(None, (scope, owner.name)))


def patched(rule: str, node: ast.Constant, doc: PythonDocument) -> Iterator[Site]:
    """A string by which a test replaces a mock class, or in which a type or code needs its import."""
    if not isinstance(node.value, str) or not (hits := _hits(node, doc)) or doc.enclosing(ast.JoinedStr):
        return
    call = doc.parent
    if _TARGET.fullmatch(node.value) and isinstance(call, ast.Call) and last_name(call.func) in _PATCHERS:
        owner = _owner(call, node, doc)
        yield doc.site(rule, PATCH, node, facts={"target": f"{owner}{node.value}"}, key=PATCH, hits=hits)
    elif _CODE.search(node.value) or (_TYPE.fullmatch(node.value) and not isinstance(call, ast.Expr)):
        yield doc.site(rule, TAKEN, node, key=f"{TAKEN}:{doc.source.path}")


def _hits(node: ast.Constant, doc: PythonDocument) -> tuple[int, ...]:
    span = doc.span(node)
    text = span.slice(doc.text)
    found = (word for word in _WORDS if word in text)
    return tuple(span.start + offset for word in found for offset in word_offsets(text, word))


def _owner(call: ast.Call, node: ast.Constant, doc: PythonDocument) -> str:
    """The dotted object whose attribute ``node`` names, where the call takes it apart from the name."""
    if call.args[:1] == [node]:
        return ""
    meaning = doc.meaning(call.args[0]) if call.args else None
    return f"{meaning.dotted}." if meaning else ""


def patched_together(rule: str, node: ast.Call, doc: PythonDocument) -> Iterator[Site]:
    """A mock class among the keywords of ``patch.multiple``."""
    if last_name(node.func) != "multiple" or not node.args:
        return
    owner = node.args[0].value if isinstance(node.args[0], ast.Constant) else None
    meaning = doc.meaning(node.args[0])
    dotted = owner if isinstance(owner, str) else meaning.dotted if meaning else ""
    for keyword in node.keywords:
        if keyword.arg in METHODS:
            start = doc.span(keyword).start
            facts = {"target": f"{dotted}.{keyword.arg}"}
            yield doc.site(rule, PATCH, keyword.value, facts=facts, key=PATCH, hits=(start,))


def taken(rule: str, node: ast.ImportFrom, doc: PythonDocument) -> Iterator[Site]:
    """A function-level import of a mock class from a module that is not the standard one."""
    if doc.function() is None:
        return
    for _, dotted in imported(node, doc.package):
        module, _, name = dotted.rpartition(".")
        if name in METHODS and module not in (STANDARD, "mock"):
            yield doc.site(rule, TAKEN, node, facts={"module": module}, key=TAKEN)
