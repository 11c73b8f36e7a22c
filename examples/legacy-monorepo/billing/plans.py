"""What customers can buy, and what part of a month costs."""

from __future__ import annotations

import calendar
import dataclasses
import datetime as dt
import os

from common.money import Money


class UnknownPlan(KeyError):
    pass


@dataclasses.dataclass(frozen=True)
class Plan:
    name: str
    monthly: Money
    seats: int
    included_tickets: int


CATALOGUE = {
    "free": Plan("free", Money(0), 1, 50),
    "team": Plan("team", Money.of("49"), 5, 2_000),
    "business": Plan("business", Money.of("199"), 25, 20_000),
}


def plan(name: str) -> Plan:
    """The plan; an operator may override its price: ``BILLING_PRICE_TEAM=59.00``."""
    try:
        found = CATALOGUE[name]
    except KeyError:
        raise UnknownPlan(name) from None
    override = os.environ.get(f"BILLING_PRICE_{name.upper()}")
    if override is None:
        return found
    return dataclasses.replace(found, monthly=Money.of(override, found.monthly.currency))


def prorate(price: Money, start: dt.date) -> Money:
    """The price of the rest of the month, ``start`` included."""
    days = calendar.monthrange(start.year, start.month)[1]
    left = days - start.day + 1
    return price.allocate(left, days - left)[0] if left < days else price


def change(old: str, new: str, day: dt.date) -> Money:
    """What a change of plan costs for the rest of the month; negative is a credit."""
    return prorate(plan(new).monthly, day) - prorate(plan(old).monthly, day)


def seats_allowed(name: str, extra: int = 0) -> int:
    # @justified: sales changes this one without a release
    limit = int(os.environ.get("BILLING_MAX_EXTRA_SEATS", "10"))
    return plan(name).seats + min(extra, limit)
