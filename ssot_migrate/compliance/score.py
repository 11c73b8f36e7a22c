"""The compliance score.

``score = sum(weight * compliant) / sum(weight * sites)``, over the categories that rules are grouped
in. Compliant sites are uses of the SSOT API that stand in the code; the other sites are findings that
are not suppressed. Nothing else goes in: no document, no earlier report, no plan's promise.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from ssot_migrate.compliance.model import CategoryScore
from ssot_migrate.plans.model import RuleRef, Score
from ssot_migrate.settings.model import TEAM_CATEGORY


def category_scores(scores: Iterable[Score], rules: Iterable[RuleRef]) -> tuple[CategoryScore, ...]:
    """The sites of each service and category, with the category's weight."""
    rules = tuple(rules)
    categories = {rule.slug: rule.category for rule in rules}
    weights = {rule.category or TEAM_CATEGORY: rule.weight for rule in rules}
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
