"""The compliance score: sites that use the SSOT API, of all sites, per service and rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from ssot_migrate.engine.decide import FileDecision
from ssot_migrate.index.packed import Counts
from ssot_migrate.model import State
from ssot_migrate.plans.model import Score

_CHANGED, _SUPPRESSED = State.CHANGED, State.SUPPRESSED


def scores(
    scans: Iterable[Counts],
    decisions: Iterable[FileDecision],
    services: Mapping[str, str],
    rules: Sequence[str],
    ssot: Collection[str] = (),
) -> tuple[Score, ...]:
    """One score for each service and rule that has any site, from the code scanned now.

    ``ssot`` are the files that make up the SSOT API: that they use each other is no adoption.
    """
    compliant: Counter[tuple[str, str]] = Counter()
    legacy: Counter[tuple[str, str]] = Counter()
    changed: Counter[tuple[str, str]] = Counter()
    for scan in (scan for scan in scans if scan.path not in ssot):
        for rule, count in scan.compliant.items():
            compliant[services.get(scan.path, ""), rule] += count
    for decision in decisions:
        service = services.get(decision.path, "")
        for rule, count in Counter([f.rule for f in decision.findings]).items():
            legacy[service, rule] += count
        for finding in decision.findings:
            if finding.state is _CHANGED:
                changed[service, finding.rule] += 1
            elif finding.state is _SUPPRESSED:
                legacy[service, finding.rule] -= 1
    keys = sorted(
        {*compliant, *legacy} & {(service, rule) for service, _ in {*compliant, *legacy} for rule in rules}
    )
    return tuple(
        Score(service, rule, compliant[key] + legacy[key], compliant[key], compliant[key] + changed[key])
        for key in keys
        for service, rule in [key]
        if compliant[key] + legacy[key]
    )
