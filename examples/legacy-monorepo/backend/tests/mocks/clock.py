import datetime as dt


class FakeClock:
    """A clock that only moves when told to."""

    def __init__(self, start=None):
        self.moment = start or dt.datetime(2023, 3, 1, 9, 0, tzinfo=dt.timezone.utc)
        self.ticks = 0.0

    def now(self):
        return self.moment

    def monotonic(self):
        return self.ticks

    def advance(self, seconds):
        self.moment += dt.timedelta(seconds=seconds)
        self.ticks += seconds
