"""Usage: counted, summed up a month, charged above what the plan includes."""

from __future__ import annotations

import collections
import os
from collections.abc import Iterable

from billing.plans import plan
from common.money import Money


class Meter:
    """Counts by customer, month and kind; the same event counts once."""

    def __init__(self) -> None:
        self._counts: collections.Counter[tuple[str, str, str]] = collections.Counter()
        self._seen: set[str] = set()

    def record(self, event_id: str, customer: str, month: str, kind: str = "ticket", amount: int = 1) -> bool:
        """Count an event; False if it was counted already."""
        if amount < 0:
            raise ValueError("usage cannot shrink")
        if event_id in self._seen:
            return False
        self._seen.add(event_id)
        self._counts[customer, month, kind] += amount
        return True

    def usage(self, customer: str, month: str, kind: str = "ticket") -> int:
        return self._counts[customer, month, kind]

    def customers(self, month: str) -> list[str]:
        return sorted({customer for customer, of, _ in self._counts if of == month})


def overage_price() -> Money:
    """The price of one ticket too many, from ``BILLING_OVERAGE``."""
    return Money.of(os.environ.get("BILLING_OVERAGE", "0.05"))


def overage(plan_name: str, used: int) -> Money:
    beyond = max(0, used - plan(plan_name).included_tickets)
    return overage_price().times(beyond)


def tiers(used: int, steps: Iterable[tuple[int | None, Money]]) -> Money:
    """Tiered price: ``(upper bound, price each)`` in rising order, the last bound ``None``."""
    due = Money(0)
    lower = 0
    for upper, each in steps:
        in_tier = used - lower if upper is None else min(used, upper) - lower
        if in_tier <= 0:
            break
        due = due + each.times(in_tier)
        lower = upper or used
    return due
