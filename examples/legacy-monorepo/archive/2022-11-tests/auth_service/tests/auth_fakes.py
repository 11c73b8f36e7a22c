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


class FakeTokenStore:
    """Tokens by subject, in a dict."""

    def __init__(self):
        self.tokens = {}

    def put(self, subject, token):
        self.tokens[subject] = token

    def get(self, subject):
        return self.tokens.get(subject)

    def revoke(self, subject):
        return self.tokens.pop(subject, None) is not None


class FakeRedis:
    """The four commands of Redis that we use."""

    def __init__(self):
        self.data = {}

    def get(self, key):
        return self.data.get(key)

    def set(self, key, value, ex=None):
        self.data[key] = value
        return True

    def delete(self, *keys):
        return sum(self.data.pop(key, None) is not None for key in keys)

    def exists(self, key):
        return int(key in self.data)


class StubLimiter:
    """A limiter that always gives the same answer."""

    def __init__(self, answer=True):
        self.answer = answer
        self.asked = []

    def allow(self, key):
        self.asked.append(key)
        return self.answer

    def reset(self, key):
        pass
