"""Beside the code and under another name, as everything in this folder used to be."""

from decimal import Decimal
from unittest import TestCase, main

from billing.invoices import rounding
from common.money import Money
from common.testing.mixins import MoneyAssertionsMixin

THREE = [Money(3), Money(3), Money(3)]


class RoundingRules(TestCase, MoneyAssertionsMixin):
    def test_per_line(self):
        self.assertMoney(rounding.tax_per_line(THREE, Decimal(19)), "0.03 EUR")

    def test_on_total(self):
        self.assertMoney(rounding.tax_on_total(THREE, Decimal(19)), "0.02 EUR")

    def test_country_decides(self):
        self.assertMoney(rounding.tax_of(THREE, Decimal(19), "DE"), "0.03 EUR")
        self.assertMoney(rounding.tax_of(THREE, Decimal(19), "FR"), "0.02 EUR")

    def test_cash(self):
        for minor, rounded in [(0, 0), (2, 0), (3, 5), (7, 5), (8, 10), (1001, 1000), (1003, 1005)]:
            with self.subTest(minor=minor):
                self.assertEqual(rounding.cash(Money(minor)).minor, rounded)


if __name__ == "__main__":
    main()
