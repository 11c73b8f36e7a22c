"""An exact copy but for its name and docstring; the import that only it needed goes too."""

from orders.model import Order


def make_paid(*prices):
    items = [{"name": f"item {number}", "price": price} for number, price in enumerate(prices)]
    return Order(items, paid=True)


def test_paid():
    assert make_paid(1, 2).paid


def test_a_name_of_its_own():
    make_paid = list
    assert make_paid((1,)) == [1]
