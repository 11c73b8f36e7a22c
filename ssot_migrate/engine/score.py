"""The compliance score: sites that use the SSOT API, of all sites, per service and rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from operator import attrgetter

from ssot_migrate.engine.decision import FileDecision
from ssot_migrate.findings import Finding, State
from ssot_migrate.index.packed import Counts
from ssot_migrate.plans.model import Score

_CHANGED, _SUPPRESSED = State.CHANGED, State.SUPPRESSED
_RULE = attrgetter("rule")


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
    for scan in (scan for scan in scans if scan.path not in ssot):
        for rule, count in scan.compliant.items():
            compliant[services.get(scan.path, ""), rule] += count
    found: dict[str, list[Finding]] = {}
    for decision in decisions:
        found.setdefault(services.get(decision.path, ""), []).extend(decision.findings)
    legacy = _by_rule(found, lambda finding: finding.state is not _SUPPRESSED)
    changed = _by_rule(found, lambda finding: finding.state is _CHANGED)
    keys = sorted(
        {*compliant, *legacy} & {(service, rule) for service, _ in {*compliant, *legacy} for rule in rules}
    )
    return tuple(
        Score(service, rule, compliant[key] + legacy[key], compliant[key], compliant[key] + changed[key])
        for key in keys
        for service, rule in [key]
        if compliant[key] + legacy[key]
    )


def _by_rule(
    found: Mapping[str, Iterable[Finding]], counts: Callable[[Finding], bool]
) -> Counter[tuple[str, str]]:
    """How many findings of each service and rule count."""
    by_service = ((service, Counter(map(_RULE, filter(counts, each)))) for service, each in found.items())
    return Counter({(service, rule): number for service, by in by_service for rule, number in by.items()})
