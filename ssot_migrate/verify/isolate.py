"""Delta debugging: which changes a failing test fails with, from large groups down to single edits.

Halves are tried in turn. What fails with a half alone is looked for in there; what fails only with parts of
both is minimised as a whole (Zeller's ddmin). Several tests are pursued in the same runs.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import NamedTuple

Key = tuple[str, str]
Items = frozenset[str]
Fails = Callable[[Items], frozenset[Key] | None]
"""Which of the failures show when these items alone are applied; None: no more runs are granted."""


class Part(NamedTuple):
    """A group of items: the parts that it falls into, or, at the end, a single item."""

    parts: tuple[Part, ...] = ()
    item: str = ""

    @property
    def items(self) -> Items:
        """All items in it."""
        return Items({self.item}) if self.item else Items().union(*(part.items for part in self.parts))


def tree(groups: Iterable[Iterable[Iterable[str]]]) -> Part:
    """The part of groups of groups of items, such as clusters of files of edits."""
    return Part(tuple(Part(tuple(Part(tuple(Part(item=i) for i in few)) for few in some)) for some in groups))


def isolate(whole: Part, failures: Iterable[Key], fails: Fails) -> Mapping[Key, Items]:
    """By failure, a set of items that it shows with; each of ``failures`` shows with all of ``whole``.

    The sets are minimal, unless ``fails`` grants no more runs: then they are as small as was found by then.
    """
    return _blame([whole], frozenset(failures), fails)


def _blame(parts: Sequence[Part], failures: frozenset[Key], fails: Fails) -> dict[Key, Items]:
    if len(parts) == 1:
        if parts[0].item:
            return dict.fromkeys(failures, parts[0].items)
        return _blame(parts[0].parts, failures, fails)
    found: dict[Key, Items] = {}
    for half in (parts[: len(parts) // 2], parts[len(parts) // 2 :]):
        showing = fails(_all(half))
        if showing is None:
            return dict.fromkeys(failures, _all(parts))
        if mine := showing & failures:
            for key, items in _blame(half, mine, fails).items():
                found[key] = found.get(key, Items()) | items
    for key in sorted(failures - found.keys()):
        found[key] = _together(parts, key, fails)
    return found


def _together(parts: Sequence[Part], key: Key, fails: Fails) -> Items:
    """The items of a smallest choice from ``parts``, down to single items, with which ``key`` still shows."""
    while True:
        parts = _ddmin(parts, lambda chosen: key in (fails(_all(chosen)) or ()))
        if all(part.item for part in parts):
            return _all(parts)
        parts = [small for part in parts for small in (part.parts or (part,))]


def _ddmin(parts: Sequence[Part], shows: Callable[[Sequence[Part]], bool]) -> Sequence[Part]:
    count = 2
    while len(parts) > 1:
        size = -(-len(parts) // count)
        pieces = [parts[at : at + size] for at in range(0, len(parts), size)]
        rests = [[part for part in parts if part not in piece] for piece in pieces]
        if piece := next((piece for piece in pieces if shows(piece)), None):
            parts, count = piece, 2
        elif len(pieces) > 2 and (rest := next((rest for rest in rests if shows(rest)), None)):
            parts, count = rest, max(count - 1, 2)
        elif count >= len(parts):
            break
        else:
            count = min(len(parts), count * 2)
    return parts


def _all(parts: Iterable[Part]) -> Items:
    return Items().union(*(part.items for part in parts))
