"""The compliance score: sites that use the SSOT API, of all sites, per service and rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from ssot_migrate.findings import State
from ssot_migrate.index.packed import Counts
from ssot_migrate.plans.found import StateCount
from ssot_migrate.plans.model import Score


def scores(
    scans: Iterable[Counts],
    found: Iterable[StateCount],
    services: Mapping[str, str],
    rules: Sequence[str],
    ssot: Collection[str] = (),
) -> tuple[Score, ...]:
    """One score for each service and rule that has any site, from the code scanned now.

    ``found`` are findings in numbers, ``ssot`` the files that make up the SSOT API: that they use each
    other is no adoption.
    """
    compliant: Counter[tuple[str, str]] = Counter()
    for scan in (scan for scan in scans if scan.path not in ssot):
        for rule, count in scan.compliant.items():
            compliant[services.get(scan.path, ""), rule] += count
    legacy: Counter[tuple[str, str]] = Counter()
    changed: Counter[tuple[str, str]] = Counter()
    for each in found:
        key = each.service, each.rule
        legacy[key] += each.number if each.state is not State.SUPPRESSED else 0
        changed[key] += each.number if each.state is State.CHANGED else 0
    keys = sorted(
        {*compliant, *legacy} & {(service, rule) for service, _ in {*compliant, *legacy} for rule in rules}
    )
    return tuple(
        Score(service, rule, compliant[key] + legacy[key], compliant[key], compliant[key] + changed[key])
        for key in keys
        for service, rule in [key]
        if compliant[key] + legacy[key]
    )
