"""Exact copies of a shared double: its import takes their place."""

from orders.tests import support
from orders.tests.doubles import FakeClock, FakeUser


def test_order():
    assert support.order(user=FakeUser(), clock=FakeClock(3)).clock.time() == 3


class CountingMock:
    made = []

    def make(self):
        self.made.append(self)
