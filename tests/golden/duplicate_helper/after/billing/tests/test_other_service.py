"""A copy in another service: said, not joined."""

from orders.model import Order


def bought(*prices):
    items = [{"name": f"item {number}", "price": price} for number, price in enumerate(prices)]
    return Order(items, paid=True)


def test_bought():
    assert bought(1).paid
