import pytest

from orders.model import Order


@pytest.fixture
def order():
    return Order([{"name": "cup", "price": 3}])


@pytest.fixture(scope="module")
def shared_order():
    return Order([{"name": "pot", "price": 5}], paid=True)


@pytest.fixture(params=[1, 2])
def counted_order(request):
    return Order([{"name": "pan", "price": 7}] * request.param)
