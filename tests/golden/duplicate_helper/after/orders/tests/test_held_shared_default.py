"""A default that calls share: both modules would share it, so it is for review."""

from orders.model import Order


def collected_order(price, seen=[]):
    seen.append({"name": f"item {len(seen)}", "price": price})
    return Order(list(seen), paid=bool(seen))


def test_collected():
    assert len(collected_order(1).items) == 1
