"""The conftest offers this fixture: the copy goes. A wider one waits for review, another body stays."""

import pytest

from orders.model import Order


@pytest.fixture(params=[1, 2, 3])
def counted_order(request):
    return Order([{"name": "pan", "price": 7}] * request.param)


def test_order(order, shared_order, counted_order):
    assert order.items and shared_order.paid and counted_order.items
