"""The environment in strings: patch targets, and code that another process will run."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

from ssot_migrate.languages.nodes import subtree
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.words import word_offsets
from ssot_migrate.model import Site
from ssot_migrate.transforms.direct_env_access.patches import is_patch_dict
from ssot_migrate.transforms.direct_env_access.surroundings import surroundings

_CODE = re.compile(
    rb"\b(?:os\.)?(?:environ\s*(?:\[|\.\s*(?:get|pop|update|setdefault|copy|clear)\b)|getenv\s*\()"
)
_TARGET = re.compile(r"((?:\w+\.)*?(?:environ|getenv))(?:\.\w+)*")
_WORDS = ("environ", "environb", "getenv", "getenvb", "putenv", "unsetenv", "setenv", "delenv")


def mention(rule: str, node: ast.Constant | ast.JoinedStr, doc: PythonDocument) -> Iterator[Site]:
    """A site for a string that names or uses the environment; docstrings and prose are none."""
    if _is_format_spec(node, doc) or (
        isinstance(node, ast.Constant) and (not isinstance(node.value, str | bytes) or _is_in_fstring(doc))
    ):
        return
    span = doc.span(node)
    raw = span.slice(doc.text)
    if b"env" not in raw or isinstance(doc.parent, ast.Expr):
        return
    value = node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else ""
    if isinstance(doc.parent, ast.Call) and (target := _TARGET.fullmatch(value)):
        yield from _patch_target(rule, node, target, doc, doc.parent)
    elif _CODE.search(raw):
        hits = tuple(hit for hit in _string_hits(node, raw, span.start, doc))
        if hits:
            yield doc.site(rule, "in-string", node, hits=hits)


def _is_in_fstring(doc: PythonDocument) -> bool:
    return any(isinstance(above, ast.JoinedStr) for above in doc.stack)


def _is_format_spec(node: ast.expr, doc: PythonDocument) -> bool:
    """Whether it is part of a replacement field; before Python 3.12 its place is the whole f-string's."""
    return isinstance(doc.parent, ast.FormattedValue) and doc.parent.format_spec is node


def _string_hits(node: ast.expr, raw: bytes, start: int, doc: PythonDocument) -> Iterator[int]:
    """Hits in the string's own text, those in replacement fields left out."""
    fields = []
    if isinstance(node, ast.JoinedStr):
        fields = [doc.span(part.value) for part in subtree(node) if isinstance(part, ast.FormattedValue)]
    for word in _WORDS:
        for offset in word_offsets(raw, word):
            if not any(field.start <= start + offset < field.end for field in fields):
                yield start + offset


def _patch_target(
    rule: str, node: ast.expr, target: re.Match[str], doc: PythonDocument, call: ast.Call
) -> Iterator[Site]:
    hits = tuple(_string_hits(node, doc.span(node).slice(doc.text), doc.span(node).start, doc))
    first = bool(call.args) and call.args[0] is node
    if not hits:
        return
    value = target[0]
    if value == "os.environ" and first and is_patch_dict(call.func, doc):
        facts = {"means": "os.environ", **surroundings(node, doc, "patch.dict")}
        yield doc.site(rule, "patch.dict", node, captures={"node": doc.capture(node)}, facts=facts, hits=hits)
    elif first or (len(call.args) > 1 and call.args[1] is node):
        module, _, name = target[1].rpartition(".")
        owner = module.removesuffix(".os") if module.endswith(".os") else module
        yield doc.site(
            rule, "patched-by-name", node, facts={"target": value}, key=f"patched:{owner}:{name}", hits=hits
        )
