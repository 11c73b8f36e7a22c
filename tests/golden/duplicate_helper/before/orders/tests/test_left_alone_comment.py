from orders.model import Order


def paid_order(*prices):
    # Prices are in cents here.
    items = [{"name": f"item {number}", "price": price} for number, price in enumerate(prices)]
    return Order(items, paid=True)


def test_paid_in_cents():
    assert paid_order(100).paid
