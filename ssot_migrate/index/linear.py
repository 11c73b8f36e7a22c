"""The order in which a class's bases are searched (C3), in one state of the repository."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence

from ssot_migrate.index.classes import ClassRef, Resolved

_DEEPEST = 100


def name_of(base: Resolved) -> str:
    """The identity of a class: ``path:Name`` in the repository, a dotted name outside."""
    return base.key if isinstance(base, ClassRef) else base


class Linearisation:
    """Method resolution orders by name; ``object`` is left out."""

    def __init__(
        self, bases: Callable[[ClassRef], Sequence[Resolved]], outside: Mapping[str, Sequence[str]]
    ) -> None:
        """``bases`` gives a class's direct bases in this state; ``outside`` orders of known other classes."""
        self.bases, self.outside = bases, outside
        self._known: dict[str, tuple[str, ...] | None] = {}

    def of(self, base: Resolved, depth: int = 0) -> tuple[str, ...] | None:
        """The names in order, ``base`` first; None if Python would refuse the class, or in a circle."""
        if not isinstance(base, ClassRef):
            return () if base == "object" else tuple(self.outside.get(base, (base,)))
        if base.key not in self._known:
            self._known[base.key] = None  # what a circle finds
            self._known[base.key] = self._merged(base, depth) if depth < _DEEPEST else None
        return self._known[base.key]

    def _merged(self, ref: ClassRef, depth: int) -> tuple[str, ...] | None:
        direct = [base for base in self.bases(ref) if base != "object"]
        orders = [order for base in direct if (order := self.of(base, depth + 1)) is not None]
        if len(orders) < len(direct):
            return None
        rest = merge([*(list(order) for order in orders), [order[0] for order in orders]])
        return None if rest is None else (ref.key, *rest)


def merge(sequences: list[list[str]]) -> tuple[str, ...] | None:
    """The C3 merge of ``sequences``; None if they contradict each other."""
    result: list[str] = []
    waiting = [sequence for sequence in sequences if sequence]
    while waiting:
        tails = {name for sequence in waiting for name in sequence[1:]}
        head = next((sequence[0] for sequence in waiting if sequence[0] not in tails), None)
        if head is None:
            return None
        result.append(head)
        waiting = [rest for sequence in waiting if (rest := sequence[sequence[0] == head :])]
    return tuple(result)
