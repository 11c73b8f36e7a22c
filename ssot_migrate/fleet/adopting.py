"""How far each service of a repository has come, from its plan."""

from __future__ import annotations

from collections.abc import Iterable

from ssot_migrate.fleet.model import Adoption
from ssot_migrate.plans.model import Plan


def adoption(plan: Plan) -> tuple[Adoption, ...]:
    """The sites of each service, over all rules."""
    sums: dict[str, list[int]] = {}
    for score in plan.scores:
        row = sums.setdefault(score.service, [0, 0, 0])
        for index, value in enumerate((score.sites, score.compliant, score.compliant_after)):
            row[index] += value
    return tuple(Adoption(service, *row) for service, row in sorted(sums.items()))


def share(rows: Iterable[Adoption]) -> float | None:
    """The sites that comply, from 0 to 1; None where there are none."""
    rows = tuple(rows)
    sites = sum(row.sites for row in rows)
    return sum(row.compliant for row in rows) / sites if sites else None
