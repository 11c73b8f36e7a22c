"""Events, retries, databases, paths and the compatibility shim."""

import os
import sqlite3
import unittest
from unittest.mock import AsyncMock, Mock, call, patch

import pytest

from common import bootstrap, database, env_compat, paths, retry
from common.events import EventBus
from common.testing.async_base import AsyncServiceTestCase
from common.testing.base import HarborTestCase
from common.testing.fakes import DummyMetrics, FakeClock, StubConfig
from common.testing.mixins import LogCaptureMixin


class EventBusTest(LogCaptureMixin, unittest.TestCase):
    logger_name = "common.events"

    def setUp(self):
        super().setUp()
        self.bus = EventBus()
        self.handler = Mock(return_value=None)

    def test_pattern(self):
        self.bus.subscribe("ticket.*", self.handler)
        self.assertEqual(self.bus.publish("ticket.opened", id=1), 1)
        self.assertEqual(self.bus.publish("invoice.paid", id=2), 0)
        self.handler.assert_called_once_with("ticket.opened", {"id": 1})

    def test_unsubscribe(self):
        stop = self.bus.subscribe("*", self.handler)
        stop()
        stop()
        self.bus.publish("ticket.opened")
        self.handler.assert_not_called()

    def test_one_bad_handler_does_not_stop_the_rest(self):
        self.bus.subscribe("*", Mock(side_effect=RuntimeError("broken handler")))
        self.bus.subscribe("*", self.handler)
        self.assertEqual(self.bus.publish("ticket.opened"), 1)
        self.assertEqual(self.bus.failures, 1)
        self.assertIn("broken handler", self.log_text())

    def test_handler_may_unsubscribe_itself(self):
        stops = []
        stops.append(self.bus.subscribe("*", lambda topic, payload: stops[0]()))
        self.assertEqual(self.bus.publish("a"), 1)
        self.assertEqual(self.bus.publish("b"), 0)


class RetryTest(unittest.TestCase):
    def test_first_try(self):
        action = Mock(return_value="done")
        self.assertEqual(retry.call(action, sleep=Mock()), "done")
        action.assert_called_once_with()

    def test_pauses_double(self):
        sleep = Mock()
        action = Mock(side_effect=[OSError, OSError, OSError, "done"])
        self.assertEqual(retry.call(action, sleep=sleep, attempts=4, base=1.0), "done")
        self.assertEqual(sleep.mock_calls, [call(1.0), call(2.0), call(4.0)])

    def test_gives_up(self):
        action = Mock(side_effect=ConnectionError("refused"))
        with self.assertRaises(retry.GaveUp) as caught:
            retry.call(action, sleep=Mock(), attempts=2)
        self.assertEqual(caught.exception.attempts, 2)
        self.assertIsInstance(caught.exception.__cause__, ConnectionError)

    def test_other_errors_pass_through(self):
        action = Mock(side_effect=KeyError("x"))
        with self.assertRaises(KeyError):
            retry.call(action, sleep=Mock())
        self.assertEqual(action.call_count, 1)

    def test_limits_from_environment(self):
        with patch.dict(os.environ, {"HARBOR_RETRY_ATTEMPTS": "5", "HARBOR_RETRY_BASE": "10s"}):
            self.assertEqual(list(retry.delays()), [10.0, 20.0, 30.0, 30.0])


class AsyncRetryTest(AsyncServiceTestCase):
    async def test_awaits_the_pause(self):
        sleep = AsyncMock()
        action = AsyncMock(side_effect=[TimeoutError, "done"])
        answer = await retry.call_async(action, retry_on=(TimeoutError,), sleep=sleep, attempts=3, base=0.5)
        self.assertEqual(answer, "done")
        sleep.assert_awaited_once_with(0.5)

    async def test_gives_up(self):
        action = AsyncMock(side_effect=OSError)
        with self.assertRaises(retry.GaveUp):
            await retry.call_async(action, sleep=AsyncMock(), attempts=3)
        self.assertEqual(action.await_count, 3)


class DatabaseTest(HarborTestCase):
    STEPS = ["CREATE TABLE a (id INTEGER PRIMARY KEY);", "CREATE TABLE b (a INTEGER REFERENCES a(id));"]

    def test_default_is_in_memory(self):
        self.unset_env("DATABASE_URL")
        connection = database.connect()
        self.addCleanup(connection.close)
        self.assertEqual(connection.execute("SELECT 1 AS one").fetchone()["one"], 1)

    def test_url_from_environment(self):
        self.set_env("DATABASE_URL", "postgresql://user:secret@db/main")
        with self.assertRaisesRegex(database.UnsupportedDatabase, "'db/main'"):
            database.connect()

    def test_migrations_run_once(self):
        connection = database.connect("sqlite:///:memory:")
        self.addCleanup(connection.close)
        self.assertEqual(database.migrate(connection, self.STEPS[:1]), 1)
        self.assertEqual(database.migrate(connection, self.STEPS), 1)
        self.assertEqual(database.migrate(connection, self.STEPS), 0)

    def test_foreign_keys_are_on(self):
        connection = database.connect("sqlite:///:memory:")
        self.addCleanup(connection.close)
        database.migrate(connection, self.STEPS)
        with self.assertRaises(sqlite3.IntegrityError):
            connection.execute("INSERT INTO b VALUES (99)")


class TestEnvCompat:
    """Either with the shared runtime or without it."""

    def test_url_of_a_service(self, monkeypatch):
        monkeypatch.setenv("BILLING_DATABASE_URL", "sqlite:///billing.db")
        assert env_compat.database_url("billing") == "sqlite:///billing.db"

    @pytest.mark.parametrize("value", ["", None])
    def test_default_url(self, monkeypatch, value):
        if value is None:
            monkeypatch.delenv("BILLING_DATABASE_URL", raising=False)
        else:
            monkeypatch.setenv("BILLING_DATABASE_URL", value)
        assert env_compat.database_url("billing") == "sqlite:///:memory:"

    def test_region(self, monkeypatch):
        monkeypatch.setitem(os.environ, "HARBOR_REGION", "us-east-2")
        assert env_compat.region() == "us-east-2"


class TestPaths:
    def test_home_from_environment(self, monkeypatch, tmp_path):
        monkeypatch.setenv("HARBOR_HOME", str(tmp_path))
        assert paths.spool("billing") == str(tmp_path / "spool" / "billing")
        assert (tmp_path / "spool" / "billing").is_dir()

    def test_home_of_the_user(self, monkeypatch):
        monkeypatch.delenv("HARBOR_HOME", raising=False)
        assert paths.home().endswith(".harborline")

    def test_expand(self, monkeypatch):
        monkeypatch.setenv("HARBOR_REGION", "us-east-2")
        assert paths.expand("logs/${HARBOR_REGION}/$NO_SUCH_NAME") == "logs/us-east-2/$NO_SUCH_NAME"

    def test_scratch(self, monkeypatch):
        monkeypatch.setenv("HARBOR_TMP", "/scratch")
        assert paths.scratch() == "/scratch"


def test_bootstrap_guarantees_its_defaults():
    assert set(bootstrap.defaults()) == {"HARBOR_ENV", "HARBOR_REGION"}


def test_fake_clock_moves_only_when_told():
    clock = FakeClock()
    before = clock.now()
    assert clock.now() == before
    clock.advance(90)
    assert (clock.now() - before).total_seconds() == clock.monotonic() == 90


def test_stub_config_and_metrics():
    config = StubConfig(page=3)
    config.set("size", 10)
    assert (config.page, config.get("size"), config.missing) == (3, 10, None)
    metrics = DummyMetrics()
    metrics.incr("tickets")
    metrics.incr("tickets", 2)
    metrics.timing("triage", 0.5)
    assert metrics.counters == {"tickets": 3} and metrics.timings == {"triage": [0.5]}
