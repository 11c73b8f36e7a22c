"""Mission critical: a user who asks an agent sees every event of its work, in order.

``AGENT_WEBSOCKET_URL`` names the service, ``AGENT_WEBSOCKET_MESSAGE`` (JSON) what to ask, and
``AGENT_WEBSOCKET_TICKET`` or ``AGENT_WEBSOCKET_TOKEN`` who asks; ``AGENT_WEBSOCKET_SECONDS`` is each limit.
"""

from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING

from shared.isolated_environment import get_env
from test_framework.ssot.base_test_case import SSotAsyncTestCase
from test_framework.ssot.mock_factory import AGENT_EVENTS

if TYPE_CHECKING:
    from test_framework.ssot.websocket_test_utility import WebSocketClient

_CLIENTS = 10
_SECONDS = float(get_env().get("AGENT_WEBSOCKET_SECONDS", "60"))


class TestWebSocketAgentEvents(SSotAsyncTestCase):
    """The five events, for one user, for many, and after a lost connection."""

    def setUp(self) -> None:
        """Find the service, or say that there is none."""
        env = get_env()
        if "AGENT_WEBSOCKET_URL" not in env:
            self.skipTest("AGENT_WEBSOCKET_URL names no service")
        from test_framework.ssot.websocket_test_utility import WebSocketTestUtility

        self.utility = WebSocketTestUtility(
            env["AGENT_WEBSOCKET_URL"],
            ticket=env.get("AGENT_WEBSOCKET_TICKET"),
            bearer=env.get("AGENT_WEBSOCKET_TOKEN"),
            timeout=_SECONDS,
        )
        self.message = json.loads(
            env.get("AGENT_WEBSOCKET_MESSAGE", '{"type": "start_agent", "message": "hello"}')
        )

    async def ask(self, client: WebSocketClient) -> None:
        """Ask the agent, await its events."""
        await client.send_json(self.message)
        events = await client.expect_events(AGENT_EVENTS)
        self.increment_websocket_events(len(events))

    async def test_one_user_sees_every_event(self) -> None:
        """All five come, in order."""
        async with self.utility.connect() as client:
            await self.ask(client)
        assert self.get_websocket_events_count() == len(AGENT_EVENTS)

    async def test_many_users_see_theirs(self) -> None:
        """Users at the same time each see all of their own events."""
        async with self.utility.connect_many(_CLIENTS) as clients:
            await asyncio.gather(*(self.ask(client) for client in clients))
        assert self.get_websocket_events_count() == _CLIENTS * len(AGENT_EVENTS)

    async def test_a_user_who_comes_back_sees_events_again(self) -> None:
        """After a reconnect the agent can be asked anew."""
        async with self.utility.connect() as client:
            await self.ask(client)
            await client.reconnect()
            await self.ask(client)
