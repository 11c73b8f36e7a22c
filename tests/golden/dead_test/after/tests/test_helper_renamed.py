"""A helper whose class was renamed while what makes one was not, and one that is used as it is."""

import pytest


class TestShippinger:
    """It helps, although it looks like tests."""

    def __init__(self):
        self.sent = []

    def test_shipping(self, item):
        self.sent.append(item)
        return self.sent


class TestPackinger:
    """Nobody needs it any more, and nothing says what it was."""

    def __init__(self):
        self.packed = []

    def test_never_called(self):
        assert not self.packed


@pytest.fixture
def shipping():
    return ShippingTester()


def test_ships(shipping):
    assert shipping.test_shipping("tea") == ["tea"]


class ShippingTestMixin:
    """Nobody derives from it any more."""

    def test_shipped(self):
        assert self.sent
