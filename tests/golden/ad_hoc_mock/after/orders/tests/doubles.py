"""Doubles that several test modules share."""

from dataclasses import dataclass

from orders import app


class FakeClock:
    """A clock that stands still."""

    def __init__(self, now=0):
        self.now = now

    def time(self):
        return self.now


@dataclass
class FakeUser:
    name: str = "ann"


class StubGateway:
    def url(self):
        return app.gateway("")


class CountingMock:
    made = []

    def make(self):
        self.made.append(self)


class MockQueue:
    async def put(self, item):
        self.item = item

    async def get(self):
        return self.item

    async def close(self):
        self.item = None
