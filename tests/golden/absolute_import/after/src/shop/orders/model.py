from shop import prices
from shop.prices import total


class Order:
    def __init__(self, value):
        self.value = value
        assert prices.total is total
