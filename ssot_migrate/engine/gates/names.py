"""Gate: the result compiles as far as its symbol table, and no name in it has become undefined."""

from __future__ import annotations

import builtins
import symtable
import warnings
from collections.abc import Iterator

from ssot_migrate.engine.reading import Unreadable, newer

_KNOWN = frozenset(dir(builtins)) | {
    "__file__", "__name__", "__doc__", "__package__", "__spec__", "__loader__", "__path__",
    "__builtins__", "__annotations__", "__dict__", "__class__", "__module__", "__qualname__", "WindowsError",
}  # fmt: skip


def new_undefined(before: bytes, after: bytes) -> str:
    """A reason if ``after`` does not parse or uses a name that nothing binds any more; empty if fine."""
    try:
        missing = undefined_names(after)
    except Unreadable as reason:
        return f"parse: {reason}"
    if not missing:
        return ""
    try:
        fresh = missing - undefined_names(before)
    except Unreadable:
        fresh = missing
    return f"undefined-name: {', '.join(sorted(fresh))}" if fresh else ""


def undefined_names(text: bytes) -> frozenset[str]:
    """Names that code reads as globals and that neither the module nor Python defines.

    Raises:
        Unreadable: the text does not compile.
    """
    top = _table(text)
    tables = list(_tables(top))
    module = {s for s in top.get_symbols() if s.is_assigned() or s.is_imported()}
    bound = {symbol.get_name() for symbol in module}
    bound |= {name for table in tables[1:] for name in _global_writes(table)}
    bound |= _KNOWN
    return frozenset(name for table in tables for name in _global_reads(table, bound))


def _table(text: bytes) -> symtable.SymbolTable:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        try:
            try:
                return symtable.symtable(text.decode("utf-8-sig"), "<result>", "exec")
            except SyntaxError:
                return symtable.symtable(newer(text).decode("utf-8-sig"), "<result>", "exec")
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise Unreadable(f"{type(error).__name__}: {error}") from error


def _tables(table: symtable.SymbolTable) -> Iterator[symtable.SymbolTable]:
    yield table
    for child in table.get_children():
        yield from _tables(child)


def _global_reads(table: symtable.SymbolTable, bound: set[str]) -> Iterator[str]:
    """Names outside of ``bound`` that the code of one scope reads from the module."""
    module = table.get_type() == "module"
    for name in table.get_identifiers():
        if name not in bound:
            symbol = table.lookup(name)
            if symbol.is_referenced() and (symbol.is_global() or module):
                yield name


def _global_writes(table: symtable.SymbolTable) -> Iterator[str]:
    for symbol in table.get_symbols():
        if symbol.is_declared_global() and symbol.is_assigned():
            yield symbol.get_name()
