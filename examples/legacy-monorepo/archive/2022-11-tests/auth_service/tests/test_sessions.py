"""Sessions and the rate limiter, with a clock that stands still."""
import os
import unittest as ut

from auth_case import BaseTestCase
from auth_fakes import FakeClock, FakeRedis

from harbor_auth.rate_limit import RateLimiter
from harbor_auth.sessions import SessionStore

_SAVED = {}


def setUpModule():
    for name in ("AUTH_SESSION_IDLE", "AUTH_SESSIONS_PER_USER", "AUTH_RATE_LIMIT"):
        _SAVED[name] = os.environ.pop(name, None)


def tearDownModule():
    for name, value in _SAVED.items():
        if value is not None:
            os.environ[name] = value


class ClockedTestCase(BaseTestCase):
    def setUp(self):
        super().setUp()
        self.clock = FakeClock()


class SessionLifetime(ClockedTestCase):
    def setUp(self):
        super().setUp()
        self.store = SessionStore(self.clock)

    def test_touch_names_the_user(self):
        key = self.store.open("ada")
        self.assertEqual(self.store.touch(key), "ada")

    def test_idle_sessions_end(self):
        key = self.store.open("ada")
        self.clock.advance(1801)
        self.assertIsNone(self.store.touch(key))
        self.assertEqual(len(self.store), 0)

    def test_use_keeps_alive(self):
        key = self.store.open("ada")
        for _ in range(5):
            self.clock.advance(1000)
            self.assertEqual(self.store.touch(key), "ada")

    def test_idle_limit_from_environment(self):
        os.environ["AUTH_SESSION_IDLE"] = "10"
        self.addCleanup(os.environ.pop, "AUTH_SESSION_IDLE", None)
        key = self.store.open("ada")
        self.clock.advance(11)
        self.assertIsNone(self.store.touch(key))

    def test_oldest_gives_way(self):
        keys = []
        for _ in range(4):
            keys.append(self.store.open("ada"))
            self.clock.advance(1)
        self.assertEqual([self.store.touch(key) for key in keys], [None, "ada", "ada", "ada"])

    def test_other_users_do_not_count(self):
        first = self.store.open("ada")
        for name in ("bob", "eve", "joe", "kim"):
            self.store.open(name)
        self.assertEqual(self.store.touch(first), "ada")

    def test_close(self):
        key = self.store.open("ada")
        self.store.close(key)
        self.store.close(key)
        self.assertIsNone(self.store.touch(key))


class RateLimits(ClockedTestCase):
    @classmethod
    def setUpClass(cls):
        super().setUpClass()
        os.environ["AUTH_RATE_LIMIT"] = "3/10"

    @classmethod
    def tearDownClass(cls):
        del os.environ["AUTH_RATE_LIMIT"]
        super().tearDownClass()

    def setUp(self):
        super().setUp()
        self.limiter = RateLimiter(self.clock)

    def test_three_and_no_more(self):
        self.assertEqual([self.limiter.allow("ada") for _ in range(5)], [True, True, True, False, False])

    def test_window_slides(self):
        for _ in range(3):
            self.limiter.allow("ada")
            self.clock.advance(4)
        self.assertEqual(self.limiter.wait("ada"), 0.0)
        self.assertTrue(self.limiter.allow("ada"))

    def test_wait(self):
        for _ in range(3):
            self.limiter.allow("ada")
        self.clock.advance(4)
        self.assertEqual(self.limiter.wait("ada"), 6.0)
        self.assertEqual(self.limiter.wait("bob"), 0.0)

    def test_reset(self):
        for _ in range(3):
            self.limiter.allow("ada")
        self.limiter.reset("ada")
        self.assertTrue(self.limiter.allow("ada"))

    @ut.expectedFailure
    def test_limit_is_shared_between_processes(self):
        # HARB-311: needs the Redis backend
        for _ in range(3):
            self.limiter.allow("ada")
        self.assertFalse(RateLimiter(self.clock).allow("ada"))


class RedisFakeTest(ut.TestCase):
    def runTest(self):
        redis = FakeRedis()
        self.assertTrue(redis.set("a", "1", ex=5))
        self.assertEqual((redis.get("a"), redis.exists("a"), redis.exists("b")), ("1", 1, 0))
        self.assertEqual(redis.delete("a", "b"), 1)


if __name__ == "__main__":
    ut.main()
