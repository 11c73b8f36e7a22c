"""Code here uses the fixture's function by its name: it stays."""

import pytest

from orders.model import Order


@pytest.fixture
def order():
    return Order([{"name": "cup", "price": 3}])


again = pytest.fixture(order.__wrapped__, name="again") if hasattr(order, "__wrapped__") else order


def test_both(order):
    assert order.items
