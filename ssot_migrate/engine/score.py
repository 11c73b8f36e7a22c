"""The compliance score: sites that use the SSOT API, of all sites, per service and rule."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence

from ssot_migrate.findings import State
from ssot_migrate.plans.found import StateCount
from ssot_migrate.plans.model import Score


def scores(
    compliant: Counter[tuple[str, str]], found: Iterable[StateCount], rules: Sequence[str]
) -> tuple[Score, ...]:
    """One score for each service and rule that has any site, from the code scanned now.

    ``compliant`` are sites by service and rule, ``found`` the findings in numbers.
    """
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
