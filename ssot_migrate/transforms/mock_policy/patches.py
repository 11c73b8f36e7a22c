"""Replacements that a test makes for a while: ``patch``, ``mocker.patch``, ``monkeypatch.setattr``."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_migrate.languages.names import last_name, root_name
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.words import word_offsets
from ssot_migrate.model import Site

PATCH = "patch"
_PATCHERS = frozenset({"patch", "object", "multiple"})
MAKERS = ("Mock", "MagicMock", "AsyncMock", "NonCallableMock", "PropertyMock", "create_autospec", "mock_open")
WORDS = (*MAKERS, "patch", "monkeypatch", "mocker")


def patch_site(rule: str, node: ast.Call, doc: PythonDocument) -> Iterator[Site]:
    """The site of a call that replaces something, with what it replaces."""
    if not is_patch(node, doc) or _sets_a_value(node):
        return
    yield doc.site(rule, PATCH, node, facts={"stands": replaced(node, doc)}, hits=hits_below(node, doc))


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
        return "patch" in ast.unparse(node.func)
    meaning = doc.meaning(node.func)
    return meaning is not None and meaning.dotted.startswith(
        ("unittest.mock.patch", "mock.patch", "mock.mock.patch")
    )


def result_of(node: ast.Call, doc: PythonDocument) -> str:
    """What is replaced by the patch around ``node`` whose ``return_value`` it becomes; empty if none."""
    match doc.parent:
        case ast.Assign(targets=[ast.Attribute(value=ast.Name(id=name), attr="return_value")]):
            for above in reversed(doc.stack):
                for item in above.items if isinstance(above, ast.With | ast.AsyncWith) else ():
                    given = isinstance(item.optional_vars, ast.Name) and item.optional_vars.id == name
                    if given and isinstance(call := item.context_expr, ast.Call) and is_patch(call, doc):
                        return replaced(call, doc)
    return ""


def hits_below(node: ast.AST, doc: PythonDocument) -> tuple[int, ...]:
    """Where legacy names stand in an expression: all belong to its site."""
    assert isinstance(node, ast.expr | ast.stmt)
    span = doc.span(node)
    text = span.slice(doc.text)
    return tuple(sorted(span.start + offset for word in WORDS for offset in word_offsets(text, word)))


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
            parts.append(meaning.dotted if meaning else ast.unparse(argument))
        elif isinstance(argument, ast.JoinedStr) and not parts:
            parts.append(
                "".join(str(v.value) if isinstance(v, ast.Constant) else "x" for v in argument.values)
            )
        if last_name(node.func) == "patch":
            break
    return ".".join(parts)
