"""Reads the same, but Order is another one here."""

from billing.model import Order


def paid_order(*prices):
    items = [{"name": f"item {number}", "price": price} for number, price in enumerate(prices)]
    return Order(items, paid=True)


def test_bill():
    assert paid_order(1).paid
