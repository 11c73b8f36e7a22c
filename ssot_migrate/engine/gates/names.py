"""Gate: the result compiles as far as its symbol table, and no name in it has become undefined."""

from __future__ import annotations

import symtable
from collections.abc import Sequence

from ssot_migrate.edits import Edit
from ssot_migrate.engine.gates.evident import evidently_defined
from ssot_migrate.engine.gates.symbols import KNOWN, below, bound_names, compiled, global_reads, global_writes
from ssot_migrate.engine.reading import Unreadable, newer


def new_undefined(before: bytes, after: bytes, edits: Sequence[Edit]) -> str:
    """A reason if ``after`` does not parse or uses a name that nothing binds any more; empty if fine.

    ``edits`` made ``after`` of ``before``. All of the result is compiled: what proves its names looks at
    some lines only, and a scan at some functions. Most results have all their names, and those that have
    not seldom lost one: what they were is compiled last.
    """
    try:
        module = _compiled(after)
    except Unreadable as reason:
        return f"parse: {reason}"
    if not (missing := _undefined(module, after)) or evidently_defined(before, after, edits):
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
    return _undefined(_compiled(text), text)


def _undefined(module: symtable.SymbolTable, text: bytes) -> frozenset[str]:
    found, bound = list(below(module)), KNOWN | bound_names(module)
    if b"global" in text:
        bound |= {name for table in found[1:] for name in global_writes(table)}
    return frozenset(name for table in found for name in global_reads(table, bound))


def _compiled(text: bytes) -> symtable.SymbolTable:
    try:
        try:
            return compiled(text.decode("utf-8-sig"))
        except SyntaxError:
            return compiled(newer(text).decode("utf-8-sig"))
    except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
        raise Unreadable(f"{type(error).__name__}: {error}") from error
