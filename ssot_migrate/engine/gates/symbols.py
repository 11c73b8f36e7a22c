"""What Python's own symbol tables say of code: names that it reads from outside, and that it binds."""

from __future__ import annotations

import builtins
import symtable
import warnings
from collections.abc import Collection, Iterator

KNOWN = frozenset(dir(builtins)) | {
    "__file__", "__name__", "__doc__", "__package__", "__spec__", "__loader__", "__path__",
    "__builtins__", "__annotations__", "__dict__", "__class__", "__module__", "__qualname__", "WindowsError",
}  # fmt: skip


def compiled(code: str) -> symtable.SymbolTable:
    """The symbol table of the module that ``code`` is.

    Raises:
        SyntaxError, ValueError, RecursionError, MemoryError: it does not compile.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        return symtable.symtable(code, "<result>", "exec")


def below(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    """``table``, and those of all scopes in it."""
    yield table
    for child in table.get_children():
        yield from below(child)


def bound_names(module: symtable.SymbolTable) -> set[str]:
    """Names that a module's own statements bind."""
    return {s.get_name() for s in module.get_symbols() if s.is_assigned() or s.is_imported()}


def global_reads(table: symtable.SymbolTable, known: Collection[str] = ()) -> Iterator[str]:
    """Names outside of ``known`` that the code of one scope reads from the module."""
    module = table.get_type() == "module"
    # What a symbol is, is found out one by one: not of the locals, which are most of a function's.
    for name in table.get_globals() if isinstance(table, symtable.Function) else table.get_identifiers():
        if name not in known:
            symbol = table.lookup(name)
            if symbol.is_referenced() and (symbol.is_global() or module):
                yield name


def global_writes(table: symtable.SymbolTable) -> Iterator[str]:
    """Names that the code of one scope gives to the module."""
    for symbol in table.get_symbols():
        if symbol.is_declared_global() and symbol.is_assigned():
            yield symbol.get_name()
