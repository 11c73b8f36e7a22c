"""What a class takes from outside of its body, as far as its text shows."""

from __future__ import annotations

import ast
import builtins
import symtable
import sys
from collections.abc import Iterator

from ssot_migrate.languages.python import PythonDocument

# What a body does through these depends on the module or the call stack that it stands in.
_SPY = frozenset(
    ("globals", "locals", "vars", "eval", "exec", "dir", "__import__", "__file__", "__name__", "__package__")
)


def meanings_in(node: ast.ClassDef, text: bytes, doc: PythonDocument) -> dict[str, str] | None:
    """What the names mean that the body takes from outside; None where that cannot be told."""
    try:
        table = symtable.symtable(text.decode("utf-8"), "<class>", "exec").get_children()[0]
    except (SyntaxError, ValueError, IndexError):
        return None
    names = set(_globals(table))
    if names & _SPY:
        return None
    meanings = {name: _meaning(name, doc) for name in names}
    return None if "" in meanings.values() else meanings


def _globals(table: symtable.SymbolTable) -> Iterator[str]:
    for symbol in table.get_symbols():
        if symbol.is_global() and symbol.is_referenced():
            yield symbol.get_name()
    for child in table.get_children():
        yield from _globals(child)


def _meaning(name: str, doc: PythonDocument) -> str:
    """A builtin, an imported object, or something of this very file; empty in doubt."""
    module = doc.bindings(doc.tree)
    found = module.get(name)
    if not found:
        known = hasattr(builtins, name) and "*" not in module
        return f"builtins.{name}" if known else ""
    if all(binding.kind == "import" for binding in found):
        meant = {binding.dotted for binding in found}
        return meant.pop() if len(meant) == 1 else ""
    return f"{doc.source.path}:{name}"


def may_be_patched(means: str, doc: PythonDocument) -> bool:
    """Whether tests may well replace a name in this very module, where the original would not see it."""
    top = means.partition(".")[0]
    return not means.startswith((f"{doc.source.path}:", "builtins.")) and top not in sys.stdlib_module_names
