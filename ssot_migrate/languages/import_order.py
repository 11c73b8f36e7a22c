"""The orders in which import sorters put the statements of one section."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise

from ssot_migrate.model import Frozen

Key = tuple[object, ...]
_DIGITS = re.compile(r"(\d+)")


class ImportLine(Frozen, frozen=True, array_like=True):
    """An import statement ``[start, end)`` of one module: ``import`` it (straight), or ``from`` it.

    ``level`` dots stand before the name; ``commented``: it holds a comment; ``star``: it takes all names.
    """

    start: int
    end: int
    straight: bool
    level: int
    module: str
    commented: bool = False
    star: bool = False


def order_kept(*sections: Sequence[ImportLine]) -> Callable[[ImportLine], Key] | None:
    """The first order in which each of ``sections`` is sorted."""
    return next((key for key in _ORDERS if all(_is_sorted(map(key, each)) for each in sections)), None)


def _natural(text: str) -> tuple[tuple[int, str], ...]:
    """A name as import sorters compare it: without case, digits by their value."""
    parts = _DIGITS.split(text.lower())
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)


def _apart(line: ImportLine) -> Key:
    return not line.straight, line.level > 0, -line.level, _natural(line.module)


def _apart_near_first(line: ImportLine) -> Key:
    return not line.straight, line.level > 0, line.level, _natural(line.module)


def _together(line: ImportLine) -> Key:
    return line.level > 0, -line.level, _natural(line.module)


_ORDERS: tuple[Callable[[ImportLine], Key], ...] = (_apart, _apart_near_first, _together)
"""``import`` before ``from`` (most dots first, or fewest), and both by the module's name alone."""


def _is_sorted(keys: Iterable[Key]) -> bool:
    return all(before <= after for before, after in pairwise(keys))
