"""Compliance of a plan in numbers: sites by service or rule, weighted as the settings say, and as percent."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import NamedTuple

from ssot_migrate.plans.model import Plan, RuleRef, Score


class Sites(NamedTuple):
    """All sites, those compliant today, and those compliant after the plan; each counts its weight."""

    total: float = 0
    today: float = 0
    after: float = 0

    def plus(self, other: Sites, weight: float = 1) -> Sites:
        """These and ``other``, each of which counts ``weight``."""
        return Sites(*(mine + weight * more for mine, more in zip(self, other, strict=True)))


def totals(
    scores: Iterable[Score], key: Callable[[Score], str], weights: Mapping[str, float] | None = None
) -> dict[str, Sites]:
    """Sites by ``key``; ``weights`` are by rule, and 1 where there is none."""
    found: dict[str, Sites] = {}
    for score in scores:
        weight = (weights or {}).get(score.rule, 1)
        more = Sites(score.sites, score.compliant, score.compliant_after)
        found[key(score)] = found.get(key(score), Sites()).plus(more, weight)
    return found


def overall(plan: Plan) -> Sites:
    """The weighted sites of all services under all rules."""
    return totals(plan.scores, lambda _: "", weights(plan.rules)).get("", Sites())


def weights(rules: Iterable[RuleRef]) -> dict[str, float]:
    """What a site of each rule weighs."""
    return {rule.slug: rule.weight for rule in rules}


def percent(share: float | None) -> str:
    """A share for people; it is rounded down, so that 100 % is said of nothing less."""
    return "no sites" if share is None else f"{int(share * 1000) / 10:.1f} %"
