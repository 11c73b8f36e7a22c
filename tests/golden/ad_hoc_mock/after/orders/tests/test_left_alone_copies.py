"""Copies that an import cannot stand for."""

from billing import app


class FakeClock:
    def __init__(self, now=0):
        self.now = now

    def time(self):
        return self.now  # stands still


class StubGateway:
    def url(self):
        return app.gateway("")


def test_local_copy():
    class FakeUser:
        name: str = "ann"

    assert FakeUser().name
