"""The supervisor: order of agents, order of events, timeouts."""

import os
from unittest import IsolatedAsyncioTestCase
from unittest.mock import AsyncMock, MagicMock, patch

import pytest

from backend.app.agents import AgentError, BaseAgent
from backend.app.context import ExecutionContext, UserContext
from backend.app.supervisor import Supervisor
from backend.app.websocket import ConnectionManager
from backend.tests.mocks import MockWebSocketManager, SlowMockAgent


class MockAgent:
    """An agent that answers with what it was given."""

    def __init__(self, name="mock", result=None, error=None):
        self.name = name
        self.result = result
        self.error = error
        self.state = "idle"
        self.calls = []

    async def run(self, context):
        self.calls.append(context)
        self.state = "running"
        if self.error is not None:
            self.state = "failed"
            raise AgentError(self.error)
        self.state = "done"
        context.record(self.name, self.result)
        return self.result


class SupervisorCase(IsolatedAsyncioTestCase):  # pylint: disable=too-many-public-methods
    def setUp(self):
        super().setUp()
        self.env = patch.dict(os.environ, {"BACKEND_AGENT_TIMEOUT": "0.05"})
        self.env.start()
        self.addCleanup(self.env.stop)
        self.websocket = MockWebSocketManager()

    async def asyncSetUp(self):
        self.context = ExecutionContext(UserContext("ada", "acme"), "tkt_1")

    def supervisor(self, *agents, required=()):
        return Supervisor(agents, self.websocket, required)


class TestRun(SupervisorCase):
    async def test_events_in_order(self):
        await self.supervisor(MockAgent("triage"), MockAgent("reply")).run(self.context)
        self.assertEqual(self.websocket.names(), [
            "agent_started", "agent_completed", "agent_started", "agent_completed", "run_completed",
        ])

    async def test_results_are_collected(self):
        outcome = await self.supervisor(MockAgent("a", 1), MockAgent("b", 2)).run(self.context)
        self.assertEqual(outcome, {"results": {"a": 1, "b": 2}, "failed": []})

    async def test_failure_does_not_stop_the_next(self):
        second = MockAgent("b", 2)
        outcome = await self.supervisor(MockAgent("a", error="no"), second).run(self.context)
        self.assertEqual(outcome["failed"], ["a"])
        self.assertEqual(len(second.calls), 1)

    async def test_required_failure_stops(self):
        second = MockAgent("b", 2)
        await self.supervisor(MockAgent("a", error="no"), second, required=["a"]).run(self.context)
        self.assertEqual(second.calls, [])
        self.assertEqual(self.websocket.names()[-1], "run_completed")

    async def test_timeout(self):
        outcome = await self.supervisor(SlowMockAgent("slow")).run(self.context)
        self.assertEqual(outcome["failed"], ["slow"])
        self.assertIn(("agent_failed", {"agent": "slow", "reason": "timeout"}), self.websocket.events)

    async def test_events_go_to_the_user(self):
        manager = ConnectionManager()
        manager.send_event = AsyncMock(return_value=1)  # type: ignore[method-assign]
        agent = MagicMock(spec=BaseAgent)
        agent.name = "spec"
        agent.run = AsyncMock(return_value="ok")
        await Supervisor([agent], manager).run(self.context)
        self.assertEqual({sent.args[0] for sent in manager.send_event.await_args_list}, {"ada"})
        agent.run.assert_awaited_once_with(self.context)


class TestLimits(SupervisorCase):
    def test_too_many_agents(self):
        os.environ["BACKEND_MAX_AGENTS"] = "2"
        with self.assertRaisesRegex(ValueError, "no more than 2"):
            self.supervisor(MockAgent("a"), MockAgent("b"), MockAgent("c"))

    @patch.dict(os.environ, {"BACKEND_MAX_AGENTS": "1"})
    def test_exactly_enough(self):
        self.assertEqual(len(self.supervisor(MockAgent("a")).agents), 1)


@pytest.fixture
def agent_class():
    with patch("backend.tests.test_supervisor.MockAgent") as replaced:
        yield replaced


def test_mock_class_itself_can_be_patched(agent_class):
    MockAgent("x")
    agent_class.assert_called_once_with("x")


def test_shared_mock_can_be_patched_by_name():
    with patch("backend.tests.mocks.websocket.MockWebSocketManager.names", return_value=["stubbed"]):
        assert MockWebSocketManager().names() == ["stubbed"]
