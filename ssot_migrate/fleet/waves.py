"""Waves: a canary first, then level by level, each only after the one before it has come through."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple

from ssot_migrate.fleet.forges.model import Checks, Standing
from ssot_migrate.fleet.model import Place

_NAMED = 3


class Seen(NamedTuple):
    """What became of a place: was its branch pushed, and what do its pull request and CI say?

    ``why`` is what kept us from knowing.
    """

    pushed: bool
    standing: Standing | None = None
    checks: Checks = Checks.NONE
    why: str = ""


class Gate(NamedTuple):
    """The places that may be pushed now, the number of their wave, and why it goes no further."""

    places: frozenset[tuple[str, str]]
    wave: int
    reason: str = ""

    def services(self, unit: str) -> tuple[str, ...]:
        """Those of a unit that may go."""
        return tuple(sorted(service for name, service in self.places if name == unit))


def waves(places: Sequence[Place]) -> list[list[Place]]:
    """The canary (the smallest change that nothing stands before), then everything by level."""
    if not places:
        return []
    canary = min(places)
    rest = [place for place in sorted(places) if place is not canary]
    return [[canary], *([p for p in rest if p.level == level] for level in sorted({p.level for p in rest}))]


def gate(places: Sequence[Place], look: Callable[[Place], Seen], limit: float) -> Gate:
    """How far the fleet may go: all waves that were sent, and the next one if they came through.

    ``limit`` is the share of a wave, from 0 to 1, that may fail.
    """
    open_now: set[tuple[str, str]] = set()
    for number, wave in enumerate(waves(places)):
        open_now |= {(place.unit, place.service) for place in wave}
        seen = {place: look(place) for place in wave}
        if not all(one.pushed for one in seen.values()):
            return Gate(frozenset(open_now), number)
        failed = {place: one for place, one in seen.items() if has_failed(one)}
        if len(failed) > limit * len(wave):
            return Gate(frozenset(open_now), number, _told(wave, failed, "failed"))
        if waiting := {place: one for place, one in seen.items() if _is_open(one)}:
            return Gate(frozenset(open_now), number, _told(wave, waiting, "have not come through"))
    return Gate(frozenset(open_now), len(waves(places)))


def has_failed(seen: Seen) -> bool:
    """Whether a person closed it, or its CI is red."""
    return seen.standing is Standing.CLOSED or (
        seen.standing is not Standing.MERGED and seen.checks is Checks.FAILED
    )


def _is_open(seen: Seen) -> bool:
    return seen.standing is Standing.OPEN and seen.checks is Checks.PENDING


def _told(wave: Sequence[Place], found: Mapping[Place, Seen], what: str) -> str:
    """How many of a wave, and the first of them by name."""
    names = [
        f"{place.unit} {place.service}{f' ({one.why})' if one.why else ''}" for place, one in found.items()
    ]
    more = f" and {len(names) - _NAMED} more" if len(names) > _NAMED else ""
    return f"{len(found)} of {len(wave)} {what}: {', '.join(names[:_NAMED])}{more}"
