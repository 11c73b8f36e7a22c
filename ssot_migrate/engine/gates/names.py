"""Gate: the result compiles as far as its symbol table, and no name in it has become undefined."""

from __future__ import annotations

import symtable
from collections.abc import Sequence

from ssot_migrate.edits import Edit
from ssot_migrate.engine.gates.evident import evidently_defined
from ssot_migrate.engine.gates.symbols import KNOWN, bound_names, global_reads, global_writes, tables
from ssot_migrate.engine.reading import Unreadable, newer


def new_undefined(before: bytes, after: bytes, edits: Sequence[Edit]) -> str:
    """A reason if ``after`` does not parse or uses a name that nothing binds any more; empty if fine.

    ``edits`` made ``after`` of ``before``.
    """
    if evidently_defined(before, after, edits):
        return ""
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
    found = _tables(text)
    bound = KNOWN | bound_names(found[0]) | {name for table in found[1:] for name in global_writes(table)}
    return frozenset(name for table in found for name in global_reads(table, bound))


def _tables(text: bytes) -> list[symtable.SymbolTable]:
    try:
        try:
            return tables(text.decode("utf-8-sig"))
        except SyntaxError:
            return tables(newer(text).decode("utf-8-sig"))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Unreadable(f"{type(error).__name__}: {error}") from error
