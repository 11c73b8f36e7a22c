"""Agents: each does one step of the work on a ticket."""

from __future__ import annotations

import asyncio
from typing import Any

from backend.app import triage
from backend.app.context import ExecutionContext
from backend.app.llm import LLMClient, LLMError
from backend.app.tickets import Status, TicketStore


class AgentError(Exception):
    """An agent could not do its step."""


class BaseAgent:
    """Subclasses do the work in ``execute`` and return something that can be shown."""

    name = "agent"

    def __init__(self) -> None:
        self.state = "idle"

    async def run(self, context: ExecutionContext) -> Any:
        self.state = "running"
        try:
            result = await self.execute(context)
        except Exception:
            self.state = "failed"
            raise
        self.state = "done"
        context.record(self.name, result)
        return result

    async def execute(self, context: ExecutionContext) -> Any:
        raise NotImplementedError


class TriageAgent(BaseAgent):
    """Sets priority and category."""

    name = "triage"

    def __init__(self, store: TicketStore):
        super().__init__()
        self.store = store

    async def execute(self, context: ExecutionContext) -> dict[str, str]:
        tenant = context.user.tenant
        ticket = self.store.get(tenant, context.ticket_id)
        priority, category = triage.classify(tenant, ticket.subject, ticket.body)
        self.store.classify(tenant, ticket.id, priority, category)
        return {"priority": priority, "category": category}


class ReplyAgent(BaseAgent):
    """Drafts an answer with the language model, or leaves a note that it could not."""

    name = "reply"

    def __init__(self, store: TicketStore, llm: LLMClient):
        super().__init__()
        self.store = store
        self.llm = llm

    async def execute(self, context: ExecutionContext) -> dict[str, Any]:
        ticket = self.store.get(context.user.tenant, context.ticket_id)
        if ticket.status is Status.CLOSED:
            raise AgentError("the ticket is closed")
        prompt = f"Subject: {ticket.subject}\n\n{ticket.body}\n\nAnswer politely and briefly."
        try:
            draft = await asyncio.to_thread(self.llm.complete, prompt)
        except LLMError as error:
            context.note(f"no draft: {error}")
            return {"draft": None}
        return {"draft": draft}
