import pytest


class TestFirst:
    @pytest.fixture
    def price(self, order):
        return order.items[0]["price"]

    def test_price(self, price, large_order):
        assert price == 3 and len(large_order.items) == 10


class TestSecond:
    @pytest.fixture
    def price(self, order):
        return order.items[0]["price"]

    def test_price(self, price):
        assert price == 3
