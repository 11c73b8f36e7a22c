"""Whether the changed blocks of a file show by themselves that it compiles and that no name was lost.

A symbol table of a whole file costs as much as all other gates together, and most edits change a
few lines of one function and an import. What a block reads from outside is compared before and after;
where that leaves a question, the whole file has to answer it.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache
from typing import NamedTuple

from ssot_migrate.edits import Edit
from ssot_migrate.engine.gates.blocks import changed_blocks
from ssot_migrate.engine.gates.symbols import KNOWN, bound_names, global_reads, global_writes, tables
from ssot_migrate.languages.words import word_offsets


class _Names(NamedTuple):
    """Names that code reads from outside of itself, that it binds at its top, and as globals."""

    reads: frozenset[str]
    binds: frozenset[str]
    writes: frozenset[str]


_NONE: frozenset[str] = frozenset()


def evidently_defined(before: bytes, after: bytes, edits: Sequence[Edit]) -> bool:
    """Whether ``after`` compiles and leaves no name undefined that was defined in ``before``.

    False says that only the whole text can tell.
    """
    blocks = changed_blocks(before, edits)
    if not blocks or 2 * sum(len(block.before) for block in blocks) > len(before):
        return False
    try:
        old = [_names(block.before, block.top) for block in blocks]
        new = [_names(block.after, block.top) for block in blocks]
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    bound = _NONE.union(*(names.binds | names.writes for names in new))
    lost = _NONE.union(*(names.binds | names.writes for names in old)) - bound
    asked = _NONE.union(*(names.reads for names in new)) - _NONE.union(*(names.reads for names in old))
    settled = asked <= KNOWN.union(*(names.binds for names in new))
    return settled and not any(True for name in lost for _ in word_offsets(after, name))


@lru_cache(maxsize=64)
def _names(code: bytes, top: bool) -> _Names:
    """The names of whole lines of code; of those that are not ``top``, what they bind is a class's."""
    text = code.decode("utf-8-sig")
    found = tables(text if top else f"if 1:\n{text}")
    return _Names(
        frozenset(name for table in found for name in global_reads(table)),
        frozenset(bound_names(found[0]) if top else ()),
        frozenset(name for table in found[1:] for name in global_writes(table)),
    )
