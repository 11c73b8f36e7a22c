"""Exact copies of a shared double: its import takes their place."""

from dataclasses import dataclass

from orders.tests import support


class FakeClock:
    """The same, with another docstring."""

    def __init__(self, now=0):
        self.now = now

    def time(self):
        return self.now


@dataclass
class FakeUser:
    name: str = "ann"


def test_order():
    assert support.order(user=FakeUser(), clock=FakeClock(3)).clock.time() == 3


class CountingMock:
    made = []

    def make(self):
        self.made.append(self)
