"""What the function of a call stands for, as far as one file tells."""

from __future__ import annotations

import ast
from typing import NamedTuple

from ssot_migrate.copies.sharing import IMPORT_ERRORS
from ssot_migrate.languages.names import last_name, root_name
from ssot_migrate.languages.python import Meaning, PythonDocument
from ssot_migrate.languages.scopes import Binding
from ssot_migrate.transforms.ad_hoc_mock.names import STANDARD


class Callee(NamedTuple):
    """What a call calls, as far as one file tells."""

    means: str
    doubt: str = ""
    via: str = "import"


def callee_of(func: ast.expr, doc: PythonDocument) -> Callee | None:
    """What ``func`` stands for; None where the file itself gives the name another meaning."""
    if meaning := doc.meaning(func):
        return of_meaning(func, meaning, doc)
    if isinstance(func, ast.Attribute):
        return Callee("", f"nothing tells what {ast.unparse(func.value)[:40]} is")
    if not _bindings(func, doc):
        return Callee("", "nothing in this file defines the name, so the call fails when it runs")
    return None


def of_meaning(func: ast.expr, meaning: Meaning, doc: PythonDocument) -> Callee:
    """What ``meaning`` comes to for a call of ``func``: where the file leaves doubt, the reason is told."""
    if doc.enclosing(ast.JoinedStr):
        return Callee(meaning.dotted, "it stands inside an f-string")
    bindings = _bindings(func, doc)
    if bindings and all(_for_type_checkers(binding.node, doc) for binding in bindings):
        return Callee(meaning.dotted, "its import is for type checkers only")
    if meaning.certain:
        return Callee(meaning.dotted, via=meaning.via)
    if _fallbacks_aside(bindings, doc) and isinstance(func, ast.Name | ast.Attribute):
        rest = f".{func.attr}" if isinstance(func, ast.Attribute) else ""
        return Callee(f"{bindings[0].dotted}{rest}", via="try")
    return Callee(meaning.dotted, f"the name may mean {meaning.told} here")


def _bindings(func: ast.expr, doc: PythonDocument) -> list[Binding]:
    found = doc.lookup(root_name(func))
    return found[1] if found else []


def _for_type_checkers(node: ast.AST, doc: PythonDocument) -> bool:
    if b"TYPE_CHECKING" not in doc.text:
        return False
    guards = (s for s in doc.tree.body if isinstance(s, ast.If) and last_name(s.test) == "TYPE_CHECKING")
    return any(node in guard.body for guard in guards)


def _fallbacks_aside(bindings: list[Binding], doc: PythonDocument) -> bool:
    """Whether the standard library's binding stands in a ``try``, and the others where that failed."""
    if not bindings or not bindings[0].dotted.startswith(STANDARD):
        return False
    attempts = (s for s in doc.tree.body if isinstance(s, ast.Try) and bindings[0].node in s.body)
    attempt = next(attempts, None)
    if attempt is None or any(last_name(h.type) not in IMPORT_ERRORS for h in attempt.handlers if h.type):
        return False
    rest = [statement for handler in attempt.handlers for statement in handler.body]
    return all(binding.node in rest for binding in bindings[1:])
