"""The delivery queue and what feeds it."""
import asyncio
import datetime as dt
import os
import unittest
from unittest.mock import AsyncMock, MagicMock, patch

from notification_fakes import (
    DummyTracer,
    FakeRedis,
    FakeWebSocket,
    MockAgent,
    MockAgentService,
    MockConfig,
    MockLLM,
    MockTool,
    MockUserContext,
    MockWebSocketManager,
)
from notifications.delivery_queue import DeliveryQueue
from notifications.digest import Digest
from notifications.push import PushRelay


class QueueTest(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.send = AsyncMock()

    async def test_all_are_delivered(self):
        async with DeliveryQueue(self.send, workers=3) as queue:
            for number in range(10):
                queue.put("email", f"user{number}@x.test", "hi")
        self.assertEqual(len(queue.delivered), 10)
        self.assertEqual(self.send.await_count, 10)

    async def test_failure_is_tried_again(self):
        self.send.side_effect = [ConnectionError("once"), None]
        async with DeliveryQueue(self.send) as queue:
            queue.put("email", "a@x.test", "hi")
        self.assertEqual(queue.delivered[0].attempts, 2)

    async def test_dead_letters(self):
        self.send.side_effect = ConnectionError("always")
        async with DeliveryQueue(self.send) as queue:
            queue.put("sms", "+31612345678", "hi")
        (delivery, reason), = queue.dead
        self.assertEqual((delivery.attempts, reason), (5, "ConnectionError: always"))

    async def test_one_bad_does_not_hold_up_the_rest(self):
        async def send(delivery):
            if delivery.to == "bad":
                raise ValueError("bad address")

        async with DeliveryQueue(send, workers=1) as queue:
            for to in ("a", "bad", "b"):
                queue.put("email", to, "hi")
        self.assertEqual(sorted(delivery.to for delivery in queue.delivered), ["a", "b"])

    @patch.dict(os.environ, {"NOTIFY_WORKERS": "7", "NOTIFY_ATTEMPTS": "1"})
    async def test_settings(self):
        queue = DeliveryQueue(self.send)
        self.assertEqual((queue.workers, queue.attempts), (7, 1))

    async def test_error_inside_leaves_no_tasks(self):
        with self.assertRaises(ZeroDivisionError):
            async with DeliveryQueue(self.send) as queue:
                1 / 0
        self.assertTrue(all(task.done() for task in queue._tasks))

    async def asyncTearDown(self):
        self.assertEqual([t for t in asyncio.all_tasks() if t.get_name().startswith("delivery-")], [])


class RetryPolicy(unittest.TestCase):
    """A plain TestCase: unittest calls the coroutine function and never awaits what it returns."""

    def test_default_attempts(self):
        async def attempts():
            return DeliveryQueue(AsyncMock()).attempts

        self.assertEqual(asyncio.run(attempts()), 5)

    async def test_gives_up_after_three(self):
        async with DeliveryQueue(AsyncMock(side_effect=OSError)) as queue:
            queue.put("email", "a@x.test", "hi")
        self.assertEqual(queue.dead[0][0].attempts, 3)


class PushTest(unittest.IsolatedAsyncioTestCase):
    def setUp(self):
        self.manager = MockWebSocketManager(online=["ada"])
        self.relay = PushRelay(self.manager)

    async def test_text(self):
        self.assertTrue(await self.relay.on_event("ada", "agent_completed", agent="Triage"))
        self.assertEqual(self.manager.inbox["ada"], [{"event": "push", "text": "Triage has finished"}])

    async def test_muted_by_default(self):
        await MockAgent(self.relay).run("ada")
        self.assertEqual(len(self.manager.inbox["ada"]), 1)
        self.assertEqual(self.relay.ignored, 1)

    async def test_muted_by_environment(self):
        os.environ["NOTIFY_MUTE_EVENTS"] = "agent_completed,agent_failed"
        await MockAgent(self.relay, "reply").run("ada")
        self.assertEqual([m["text"] for m in self.manager.inbox["ada"]], ["reply is looking at your ticket"])

    async def test_unknown_events(self):
        self.assertFalse(await self.relay.on_event("ada", "agent_thinking"))

    async def test_nobody_there(self):
        self.assertTrue(await self.relay.on_event("bob", "run_completed"))
        await self.manager.broadcast("notice")
        self.assertEqual(self.manager.inbox, {"ada": [{"event": "notice"}]})


class DigestScenarios:
    """Collected through ``python_classes``: neither a TestCase nor called Test*."""

    def setup_method(self):
        self.digest = Digest()

    def test_nothing(self):
        assert self.digest.flush("ada") is None

    def test_topics_are_sorted_and_lines_are_not(self):
        for topic, line in [("tickets", "b"), ("tickets", "a"), ("invoices", "INV-1")]:
            self.digest.add("ada", topic, line)
        assert self.digest.flush("ada").splitlines() == ["invoices (1)", "  - INV-1", "tickets (2)", "  - b", "  - a"]

    def test_same_line_once(self):
        self.digest.add("ada", "tickets", "a")
        self.digest.add("ada", "tickets", "a")
        assert "tickets (1)" in self.digest.flush("ada")

    def test_flush_empties(self):
        self.digest.add("ada", "tickets", "a")
        self.digest.flush("ada")
        assert self.digest.flush("ada") is None

    def test_limit(self, monkeypatch):
        monkeypatch.setenv("NOTIFY_DIGEST_LINES", "2")
        for number in range(5):
            self.digest.add("ada", "tickets", str(number))
        assert self.digest.flush("ada").endswith("… and 3 more")

    def test_due(self, monkeypatch):
        last = dt.datetime(2023, 3, 1, 8, 0)
        assert not self.digest.due(last, dt.datetime(2023, 3, 2, 7, 59))
        assert self.digest.due(last, dt.datetime(2023, 3, 2, 8, 0))
        monkeypatch.setenv("NOTIFY_DIGEST_HOUR", "20")
        assert not self.digest.due(dt.datetime(2023, 3, 1, 21, 0), dt.datetime(2023, 3, 2, 19, 0))


class StandIns(unittest.IsolatedAsyncioTestCase):
    """The stand-ins behave as the code that uses them expects."""

    async def test_web_socket(self):
        socket = FakeWebSocket(user_id="ada")
        await socket.accept()
        await socket.send_json({"n": 1})
        self.assertEqual((socket.sent_messages, await socket.receive_json()), ([{"n": 1}], {}))
        socket.accept.assert_awaited_once_with()

    async def test_agent_service(self):
        service = MockAgentService()
        self.assertEqual(await service.start_agent("triage"), {"status": "started"})
        self.assertEqual(await service.get_status(), {"status": "idle"})
        service.stop_agent.assert_not_awaited()

    async def test_model_and_tool(self):
        self.assertEqual(await MockLLM("hi").chat("prompt"), "hi")
        self.assertEqual(await MockTool(result=3).execute(), 3)

    def test_context(self):
        context = MockUserContext(run_id="r1")
        self.assertEqual((context.user_id, context.thread_id, context.run_id), ("test-user", "test-thread", "r1"))

    def test_redis(self):
        redis = FakeRedis()
        redis.set("k", "v", ex=60)
        self.assertEqual((redis.get("k"), redis.ttl("k"), redis.ttl("x"), redis.exists("k")), ("v", 60, -2, 1))
        self.assertEqual(redis.delete("k"), 1)

    def test_config(self):
        config = MockConfig(host="mail.test")
        self.assertEqual((config.host, config.get("port", 25), config.nothing), ("mail.test", 25, None))

    def test_tracer(self):
        tracer = DummyTracer()
        span = tracer.start_span("send")
        span.finish()
        self.assertEqual(tracer.spans, ["send"])
        self.assertIsInstance(span, MagicMock)
