"""Invoices and their lines."""

from __future__ import annotations

import dataclasses
import datetime as dt
import os

from billing import metering, plans, tax
from billing.invoices import rounding
from common.money import Money, total


@dataclasses.dataclass(frozen=True)
class Line:
    text: str
    net: Money
    quantity: int = 1

    @property
    def amount(self) -> Money:
        return self.net.times(self.quantity)


@dataclasses.dataclass
class Invoice:
    number: str
    customer: str
    country: str
    lines: list[Line]
    issued: dt.date
    vat_id: str = ""

    @property
    def net(self) -> Money:
        return total([line.amount for line in self.lines])

    @property
    def tax(self) -> Money:
        percent = tax.rate(self.country, vat_id=self.vat_id)
        return rounding.tax_of([line.amount for line in self.lines], percent, self.country)

    @property
    def gross(self) -> Money:
        return self.net + self.tax

    @property
    def due(self) -> dt.date:
        """Payable within ``BILLING_TERMS`` days."""
        return self.issued + dt.timedelta(days=int(os.environ.get("BILLING_TERMS", "30")))

    def footer(self) -> str:
        if self.vat_id and not self.tax:
            return "Reverse charge: the customer accounts for the tax."
        return os.environ["BILLING_FOOTER"] if "BILLING_FOOTER" in os.environ else ""


def monthly_lines(plan_name: str, used: int, extra_seats: int = 0) -> list[Line]:
    """What a month of ``plan_name`` puts on the invoice; lines of zero are left out."""
    plan = plans.plan(plan_name)
    lines = [
        Line(f"Plan {plan.name}", plan.monthly),
        Line("Additional seats", Money.of(os.environ.get("BILLING_SEAT_PRICE", "9.00")), extra_seats),
        Line(f"Tickets above {plan.included_tickets}", metering.overage(plan_name, used)),
    ]
    return [line for line in lines if line.amount]
