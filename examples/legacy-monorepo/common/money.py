"""Amounts of money: a currency and a whole number of its smallest unit."""

from __future__ import annotations

import dataclasses
from decimal import ROUND_HALF_EVEN, Decimal

EXPONENTS = {"EUR": 2, "USD": 2, "GBP": 2, "JPY": 0, "KWD": 3}


class CurrencyMismatch(TypeError):
    """Two amounts of different currencies were put together."""


@dataclasses.dataclass(frozen=True, order=True)
class Money:
    minor: int
    currency: str = "EUR"

    def __post_init__(self) -> None:
        if self.currency not in EXPONENTS:
            raise ValueError(f"unknown currency {self.currency!r}")

    @classmethod
    def of(cls, amount: str | int | Decimal, currency: str = "EUR") -> Money:
        """From a decimal amount such as ``"12.50"``; half units go to the even neighbour."""
        scaled = Decimal(amount).scaleb(EXPONENTS[currency])
        return cls(int(scaled.quantize(Decimal(1), ROUND_HALF_EVEN)), currency)

    def __add__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.minor + other.minor, self.currency)

    def __sub__(self, other: Money) -> Money:
        self._same(other)
        return Money(self.minor - other.minor, self.currency)

    def __neg__(self) -> Money:
        return Money(-self.minor, self.currency)

    def __bool__(self) -> bool:
        return self.minor != 0

    def times(self, factor: str | int | Decimal) -> Money:
        product = Decimal(self.minor) * Decimal(factor)
        return Money(int(product.quantize(Decimal(1), ROUND_HALF_EVEN)), self.currency)

    def allocate(self, *weights: int) -> list[Money]:
        """Split by ``weights`` without losing a cent: the rest goes to the first parts."""
        total = sum(weights)
        if total <= 0 or min(weights) < 0:
            raise ValueError("weights must be positive")
        parts = [self.minor * weight // total for weight in weights]
        for index in range(self.minor - sum(parts)):
            parts[index] += 1
        return [Money(part, self.currency) for part in parts]

    def _same(self, other: Money) -> None:
        if self.currency != other.currency:
            raise CurrencyMismatch(f"{self.currency} and {other.currency}")

    def __str__(self) -> str:
        exponent = EXPONENTS[self.currency]
        return f"{Decimal(self.minor).scaleb(-exponent):,.{exponent}f} {self.currency}"


def total(amounts: list[Money], currency: str = "EUR") -> Money:
    result = Money(0, currency)
    for amount in amounts:
        result = result + amount
    return result
