"""Which changes of a file go together: those that share no byte, and a removal with what it takes along."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from functools import cached_property
from typing import NamedTuple

from ssot_migrate.edits import Disjoint, Edit
from ssot_migrate.model import Change, Site


class Decided(NamedTuple):
    """A site with the change that its rule wants, and the fingerprint of its finding."""

    site: Site
    change: Change
    fingerprint: str = ""


class Composed:
    """Changes that one file can take, in the order of their rules.

    ``removals`` are the edits that take other changes with them, with the fingerprints of those:
    until the removal's own step these stand as they are, and after it nothing of them is left.
    """

    def __init__(
        self,
        accepted: Sequence[Decided],
        deferred: Sequence[Site] = (),
        removals: Mapping[Edit, frozenset[str]] | None = None,
    ) -> None:
        """``deferred`` overlap an accepted change otherwise."""
        self.accepted, self.deferred = tuple(accepted), tuple(deferred)
        self.removals = removals or {}

    def until(self, rules: Collection[str]) -> Composed:
        """What there is of it once ``rules`` have made their commits."""
        made = [item for item in self.accepted if item.site.rule in rules]
        edits = {edit for item in made for edit in item.change.edits}
        return Composed(made, removals={e: gone for e, gone in self.removals.items() if e in edits})

    @property
    def standing(self) -> Iterable[Decided]:
        """The changes that no removal has taken along."""
        gone = {fingerprint for found in self.removals.values() for fingerprint in found}
        return (item for item in self.accepted if item.fingerprint not in gone)

    @cached_property
    def owners(self) -> Mapping[Edit, tuple[str, ...]]:
        """By edit, the findings that it serves; a removal serves those that it takes along, too."""
        found: dict[Edit, list[str]] = {}
        for item in self.accepted:
            for edit in item.change.edits:
                found.setdefault(edit, []).append(item.fingerprint)
        for edit, gone in self.removals.items():
            found[edit] += sorted(gone)
        return {edit: tuple(dict.fromkeys(prints)) for edit, prints in found.items()}


def composed(decided: Sequence[Decided], rules: Sequence[str]) -> Composed:
    """Accept changes in the order of ``rules``; one that overlaps those before it is deferred.

    Unless it removes them whole: what a rule does inside of a helper says nothing against
    a later rule that takes the helper away.
    """
    order = {rule: index for index, rule in enumerate(rules)}
    accepted: list[Decided] = []
    deferred: list[Site] = []
    taken = Disjoint()
    removals: dict[Edit, frozenset[str]] = {}
    for item in sorted(decided, key=lambda d: (order[d.site.rule], d.site.span)):
        fresh = [edit for edit in item.change.edits if edit not in taken]
        below = {edit: taken.overlapping(edit) for edit in fresh}
        gone = {edit: _owning(others, accepted) for edit, others in below.items() if others}
        if not all(_removes(edit, each) for edit, found in gone.items() for each in found):
            deferred.append(item.site)
            continue
        for edit in below:
            taken.put(edit)
        removals |= {edit: _prints(found, removals) for edit, found in gone.items()}
        accepted.append(item)
    return Composed(accepted, deferred, removals)


def _owning(edits: Collection[Edit], accepted: Iterable[Decided]) -> list[Decided]:
    return [item for item in accepted if not set(edits).isdisjoint(item.change.edits)]


def _removes(edit: Edit, item: Decided) -> bool:
    """Whether nothing of a change is left under ``edit``, and no other file counts on it."""
    whole = all(edit.span.covers(own.span) for own in item.change.edits)
    promised = item.change.provides or item.change.requires
    return not edit.text and whole and not promised and bool(item.fingerprint)


def _prints(gone: Iterable[Decided], removals: Mapping[Edit, frozenset[str]]) -> frozenset[str]:
    """The findings that go, and those that they would have taken along themselves."""
    own = {item.fingerprint for item in gone}
    return frozenset(own.union(*(removals.get(e, ()) for item in gone for e in item.change.edits)))
