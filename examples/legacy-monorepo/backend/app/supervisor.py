"""Runs agents one after the other and tells the user's browser about it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Sequence
from typing import Any

from backend.app import settings
from backend.app.agents import AgentError, BaseAgent
from backend.app.context import ExecutionContext
from backend.app.websocket import ConnectionManager

log = logging.getLogger("harbor.supervisor")


class Supervisor:
    """A run ends with the first agent that fails, if that agent is a required one."""

    def __init__(self, agents: Sequence[BaseAgent], websocket: ConnectionManager, required: Sequence[str] = ()):
        if len(agents) > settings.max_agents():
            raise ValueError(f"{len(agents)} agents, but no more than {settings.max_agents()} may run")
        self.agents = list(agents)
        self.websocket = websocket
        self.required = frozenset(required)

    async def run(self, context: ExecutionContext) -> dict[str, Any]:
        user = context.user.user_id
        failed = []
        for agent in self.agents:
            await self.websocket.send_event(user, "agent_started", agent=agent.name, run=context.run_id)
            try:
                await asyncio.wait_for(agent.run(context), settings.agent_timeout())
            except asyncio.TimeoutError:
                failed.append(agent.name)
                log.warning("agent %s timed out", agent.name)
                await self.websocket.send_event(user, "agent_failed", agent=agent.name, reason="timeout")
            except AgentError as error:
                failed.append(agent.name)
                await self.websocket.send_event(user, "agent_failed", agent=agent.name, reason=str(error))
            else:
                await self.websocket.send_event(user, "agent_completed", agent=agent.name)
            if self.required.intersection(failed):
                break
        await self.websocket.send_event(user, "run_completed", run=context.run_id, failed=failed)
        return {"results": context.results, "failed": failed}
