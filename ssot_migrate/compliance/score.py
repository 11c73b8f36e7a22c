"""The compliance score.

``score = sum(weight * compliant) / sum(weight * sites)``, over the categories that rules are grouped
in. Compliant sites are uses of the SSOT API that stand in the code; the other sites are findings that
are not suppressed. Nothing else goes in: no document, no earlier report, no plan's promise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping

from ssot_migrate.compliance.model import CategoryScore
from ssot_migrate.errors import SettingsError
from ssot_migrate.model import CATEGORIES, TEAM_CATEGORY
from ssot_migrate.plans.model import RuleRef, Score


def category_scores(
    scores: Iterable[Score], rules: Iterable[RuleRef], weights: Mapping[str, float]
) -> tuple[CategoryScore, ...]:
    """The sites of each service and category, with the category's weight (1 where ``weights`` has none).

    Raises:
        SettingsError: ``weights`` names a category that there is not.
    """
    categories = {rule.slug: rule.category for rule in rules}
    _check(weights, {*CATEGORIES.values(), TEAM_CATEGORY})
    sites: Counter[tuple[str, str]] = Counter()
    compliant: Counter[tuple[str, str]] = Counter()
    for score in scores:
        key = score.service, categories.get(score.rule) or TEAM_CATEGORY
        sites[key] += score.sites
        compliant[key] += score.compliant
    return tuple(
        CategoryScore(service, category, sites[key], compliant[key], weights.get(category, 1.0))
        for key in sorted(sites)
        for service, category in [key]
    )


def ratio(rows: Iterable[CategoryScore]) -> float | None:
    """The score of ``rows``, from 0 to 1; None where no site has any weight."""
    rows = tuple(rows)
    sites = sum(row.weight * row.sites for row in rows)
    return sum(row.weight * row.compliant for row in rows) / sites if sites else None


def by_service(rows: Iterable[CategoryScore]) -> dict[str, tuple[CategoryScore, ...]]:
    """``rows`` by service, in order."""
    found: dict[str, tuple[CategoryScore, ...]] = {}
    for row in rows:
        found[row.service] = (*found.get(row.service, ()), row)
    return found


def percent(score: float | None) -> str:
    """A score for people; it is rounded down, so that 100 % is said of nothing less."""
    return "no sites" if score is None else f"{int(score * 1000) / 10:.1f} %"


def _check(weights: Mapping[str, float], known: Collection[str]) -> None:
    for category in sorted(set(weights) - set(known)):
        names = ", ".join(sorted(known))
        raise SettingsError(f"weights: there is no category {category!r}", hint=f"categories: {names}")
