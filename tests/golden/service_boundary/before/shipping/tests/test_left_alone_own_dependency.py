"""The code of this service stands on that of orders, and so may its tests."""

from orders.model import Order
from shipping.label import Label


def test_label():
    assert Label.order is Order
