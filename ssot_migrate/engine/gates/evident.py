"""Whether the changed blocks of a file show by themselves that it compiles and that no name was lost.

Asked where a result reads names that nothing defines, as star imports leave many: a symbol table of what
the file was costs as much again, and most edits change a few lines of one function and an import. What a
block reads from outside is compared before and after; where that leaves a question, the whole file has to
answer it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from ssot_migrate.edits import Edit, outside
from ssot_migrate.engine.gates.blocks import Block, changed_blocks
from ssot_migrate.engine.gates.swaps import swaps
from ssot_migrate.engine.gates.symbols import KNOWN, below, bound_names, compiled, global_reads, global_writes
from ssot_migrate.languages.inert import is_inert, is_module
from ssot_migrate.languages.lines import Doubtful
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
    swapped = swaps(before, edits)
    try:
        blocks = changed_blocks(before, edits, [edit for edit in edits if edit not in swapped])
        if 2 * sum(len(block.before) for block in blocks) > len(before):
            return False
        old = [_names(block.before, block.top) for block in blocks]
        new = [_names(block.after, block.top) for block in blocks]
    except (Doubtful, SyntaxError, ValueError, RecursionError, MemoryError):
        return False
    bound = _NONE.union(*(names.binds | names.writes for names in new))
    lost = _NONE.union(*(names.binds | names.writes for names in old)) - bound
    asked = _NONE.union(*(names.reads for names in new)) - _NONE.union(*(names.reads for names in old))
    settled = asked.union(_alone(swapped, blocks)) <= KNOWN.union(*(names.binds for names in new))
    return settled and all(
        is_module(after, offset) or is_inert(after, offset)
        for name in lost
        for offset in word_offsets(after, name)
    )


def _alone(swapped: Mapping[Edit, str], blocks: Sequence[Block]) -> set[str]:
    """The names that are read by what is ``swapped`` outside of all ``blocks``."""
    names = {edit.start: name for edit, name in swapped.items()}
    return {names[start] for start in outside(sorted(names), (block.span for block in blocks))}


@lru_cache(maxsize=64)
def _names(code: bytes, top: bool) -> _Names:
    """The names of whole lines of code; of those that are not ``top``, what they bind is a class's."""
    text = code.decode("utf-8-sig")
    module, *inner = found = list(below(compiled(text if top else f"if 1:\n{text}")))
    return _Names(
        frozenset(name for table in found for name in global_reads(table)),
        frozenset(bound_names(module) if top else ()),
        frozenset(name for table in inner for name in global_writes(table)),
    )
