"""Two ways to round an invoice, and the law of each country that wants one or the other."""

from __future__ import annotations

from decimal import Decimal

from common.money import Money, total

PER_LINE = frozenset({"DE", "NL"})


def tax_per_line(nets: list[Money], percent: Decimal) -> Money:
    return total([net.times(percent / 100) for net in nets])


def tax_on_total(nets: list[Money], percent: Decimal) -> Money:
    return total(nets).times(percent / 100)


def tax_of(nets: list[Money], percent: Decimal, country: str) -> Money:
    return (tax_per_line if country in PER_LINE else tax_on_total)(nets, percent)


def cash(amount: Money, step: int = 5) -> Money:
    """To the nearest multiple of ``step`` cents; halves go up."""
    return Money((amount.minor + step // 2) // step * step, amount.currency)
