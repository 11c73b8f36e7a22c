"""What pytest does not run is no hollow test."""


class Fixtures:
    def test_data(self):
        pass


class TestWithInit:
    def __init__(self):
        self.data = []

    def test_data(self):
        pass


class CartRules:
    """Tests of a base that each subclass fills."""

    def test_sum(self):
        pass
