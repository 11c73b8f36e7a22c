"""Stand-ins that more than one service uses, or should."""

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


class StubConfig:
    """Configuration from keyword arguments; unknown names are None."""

    def __init__(self, **values):
        self.values = dict(values)

    def get(self, key, default=None):
        return self.values.get(key, default)

    def set(self, key, value):
        self.values[key] = value

    def __getattr__(self, name):
        if name.startswith("__"):
            raise AttributeError(name)
        return self.values.get(name)


class DummyMetrics:
    """Counts what would have gone to the metrics server."""

    def __init__(self):
        self.counters = {}
        self.timings = {}

    def incr(self, name, by=1):
        self.counters[name] = self.counters.get(name, 0) + by

    def timing(self, name, seconds):
        self.timings.setdefault(name, []).append(seconds)
