"""What all decisions add up to, so that few of them are held."""

from __future__ import annotations

from collections import Counter
from operator import attrgetter
from typing import NamedTuple

from ssot_migrate.engine.decision import FileDecision, PackedDecision
from ssot_migrate.engine.freed import give_back
from ssot_migrate.findings import Problem
from ssot_migrate.plans.found import Found, StateCount, added

_GIVE_BACK_EVERY = 4000  # decisions: of the buffers of some ten megabytes that they were views of


class Summed(NamedTuple):
    """What decisions add up to: those that change something, problems, hits by rule and bucket, findings."""

    changed: list[FileDecision]
    problems: list[Problem]
    hits: dict[str, Counter[str]]
    found: Found


def summed(decisions: list[PackedDecision]) -> Summed:
    """The sum of ``decisions``, by path. They are taken from the list, and only what is asked for is held."""
    decisions.sort(key=attrgetter("path"), reverse=True)
    chunks: list[bytes] = []
    counts: list[StateCount] = []
    sums = Summed([], [], {}, Found(chunks, counts))
    while decisions:
        packed = decisions.pop()
        one = packed.unpacked()
        sums.changed.extend([one] if one.plan else [])
        sums.problems.extend(one.problems)
        for rule, found in one.hits.items():
            sums.hits.setdefault(rule, Counter()).update(found)
        chunks += [packed.found] if packed.found else []
        counts += one.counts
        if not len(decisions) % _GIVE_BACK_EVERY:
            counts[:] = added(counts)
            give_back()
    return sums
