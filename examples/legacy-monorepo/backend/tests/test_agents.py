"""Agents, one at a time."""

import asyncio
import unittest
from unittest.mock import MagicMock, Mock, create_autospec

from backend.app.agents import AgentError, BaseAgent, ReplyAgent, TriageAgent
from backend.app.context import ExecutionContext, UserContext
from backend.app.llm import LLMClient, LLMError
from backend.app.tickets import Status, Ticket, TicketStore
from backend.tests.async_base import AsyncServiceTestCase
from backend.tests.mocks import MockLLMClient


def ticket(**changes):
    return Ticket(**{"id": "tkt_1", "tenant": "acme", "subject": "Refund", "body": "charged twice", **changes})


class AgentTestCase(AsyncServiceTestCase):
    async def asyncSetUp(self):
        await super().asyncSetUp()
        self.store = Mock(spec=TicketStore)
        self.store.get.return_value = ticket()
        self.context = ExecutionContext(UserContext("ada", "acme"), "tkt_1")


class TestTriageAgent(AgentTestCase):
    async def test_writes_what_it_found(self):
        result = await TriageAgent(self.store).run(self.context)
        self.assertEqual(result, {"priority": "normal", "category": "billing"})
        self.store.classify.assert_called_once_with("acme", "tkt_1", "normal", "billing")

    async def test_result_is_recorded(self):
        await TriageAgent(self.store).run(self.context)
        self.assertEqual(self.context.results["triage"]["category"], "billing")

    async def test_cannot_run_twice_in_one_context(self):
        agent = TriageAgent(self.store)
        await agent.run(self.context)
        with self.assertRaises(ValueError):
            await agent.run(self.context)


class TestReplyAgent(AgentTestCase):
    async def test_draft(self):
        llm = MockLLMClient("We are sorry.")
        result = await self.within(ReplyAgent(self.store, llm).run(self.context))
        self.assertEqual(result, {"draft": "We are sorry."})
        prompt = llm.complete.call_args.args[0]
        self.assertIn("charged twice", prompt)

    async def test_model_failure_is_a_note(self):
        llm = create_autospec(LLMClient, instance=True)
        llm.complete.side_effect = LLMError("no text")
        result = await self.within(ReplyAgent(self.store, llm).run(self.context))
        self.assertIsNone(result["draft"])
        self.assertEqual(self.context.notes, ["no draft: no text"])

    async def test_other_errors_are_failures(self):
        llm = MagicMock(spec=LLMClient)
        llm.complete.side_effect = ConnectionError("refused")
        agent = ReplyAgent(self.store, llm)
        with self.assertRaises(ConnectionError):
            await self.within(agent.run(self.context))
        self.assertEqual(agent.state, "failed")

    async def test_closed_ticket(self):
        self.store.get.return_value = ticket(status=Status.CLOSED)
        llm = MockLLMClient()
        with self.assertRaisesRegex(AgentError, "closed"):
            await ReplyAgent(self.store, llm).run(self.context)
        llm.complete.assert_not_called()


class TestBaseAgent(unittest.TestCase):
    def test_subclasses_must_work(self):
        agent = BaseAgent()
        with self.assertRaises(NotImplementedError):
            asyncio.run(agent.run(ExecutionContext(UserContext("ada", "acme"), "tkt_1")))
        self.assertEqual(agent.state, "failed")

    def test_autospec_keeps_the_signature(self):
        llm = create_autospec(LLMClient, instance=True)
        with self.assertRaises(TypeError):
            llm.complete()

    def test_spec_keeps_the_type(self):
        self.assertIsInstance(Mock(spec=TicketStore), TicketStore)
        with self.assertRaises(AttributeError):
            Mock(spec=TicketStore).no_such_method()


if __name__ == "__main__":
    unittest.main()
