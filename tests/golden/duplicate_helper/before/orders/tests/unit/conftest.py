"""The conftest above offers the same fixture, and tests below find it there."""

import pytest

from orders.model import Order


@pytest.fixture
def order():
    return Order([{"name": "cup", "price": 3}])


@pytest.fixture
def large_order(order):
    return Order(order.items * 10)
