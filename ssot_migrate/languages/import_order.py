"""The orders in which import sorters put the statements of one section."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import Protocol

Key = tuple[object, ...]
_DIGITS = re.compile(r"(\d+)")


class Sortable(Protocol):
    """An import of a module: ``import`` it (straight) or ``from`` it, by so many dots."""

    @property
    def straight(self) -> bool:
        """Whether it is no ``from``."""

    @property
    def level(self) -> int:
        """How many dots stand before the name."""

    @property
    def module(self) -> str:
        """The name."""


def order_kept(*sections: Sequence[Sortable]) -> Callable[[Sortable], Key] | None:
    """The first order in which each of ``sections`` is sorted."""
    return next((key for key in _ORDERS if all(_is_sorted(map(key, each)) for each in sections)), None)


def _natural(text: str) -> tuple[tuple[int, str], ...]:
    """A name as import sorters compare it: without case, digits by their value."""
    parts = _DIGITS.split(text.lower())
    return tuple((int(part), "") if part.isdigit() else (-1, part) for part in parts)


def _apart(line: Sortable) -> Key:
    return not line.straight, line.level > 0, -line.level, _natural(line.module)


def _apart_near_first(line: Sortable) -> Key:
    return not line.straight, line.level > 0, line.level, _natural(line.module)


def _together(line: Sortable) -> Key:
    return line.level > 0, -line.level, _natural(line.module)


_ORDERS: tuple[Callable[[Sortable], Key], ...] = (_apart, _apart_near_first, _together)
"""``import`` before ``from`` (most dots first, or fewest), and both by the module's name alone."""


def _is_sorted(keys: Iterable[Key]) -> bool:
    return all(before <= after for before, after in pairwise(keys))
