"""Reads the same, but LIMIT is another one here."""

from orders.model import Order

LIMIT = 2


def limited_order(*prices):
    items = [{"name": f"item {number}", "price": price} for number, price in enumerate(prices)]
    return Order(items[:LIMIT])


def test_limit():
    assert len(limited_order(1, 2, 3).items) == 2
