"""The shared module: its definitions stay, and the copies of them become imports."""

from orders.model import Order

LIMIT = 3


def paid_order(*prices):
    """An order that is paid."""
    items = [{"name": f"item {number}", "price": price} for number, price in enumerate(prices)]
    return Order(items, paid=True)


def limited_order(*prices):
    items = [{"name": f"item {number}", "price": price} for number, price in enumerate(prices)]
    return Order(items[:LIMIT])


def collected_order(price, seen=[]):
    seen.append({"name": f"item {len(seen)}", "price": price})
    return Order(list(seen), paid=bool(seen))
