"""Agents at work, live: a browser asks over a websocket and sees every step. Needs websockets.

``python -m backend.app.live`` serves on ``BACKEND_LIVE_PORT`` (0 takes a free one) and prints the address.
"""

from __future__ import annotations

import asyncio
import json
import os

from backend.app import triage
from backend.app.tools import ToolError, ToolRegistry


def default_tools() -> ToolRegistry:
    tools = ToolRegistry()
    tools.register("classify", lambda text: triage.classify("public", "", text))
    return tools


class LiveAgents:
    """One conversation per connection; ``{"type": "start_agent", "message": ...}`` starts a run."""

    def __init__(self, tools: ToolRegistry | None = None):
        self.tools = tools or default_tools()

    async def handle(self, connection) -> None:
        async for raw in connection:
            try:
                request = json.loads(raw)
                asked = request["type"] == "start_agent" and str(request["message"])
            except (ValueError, KeyError, TypeError):
                asked = ""
            if not asked:
                await self.send(connection, "error", reason="send a start_agent with a message")
                continue
            await self.run(connection, asked)

    async def run(self, connection, text: str) -> None:
        await self.send(connection, "agent_started", agent="triage")
        await self.send(connection, "agent_thinking", text=f"reading {len(text)} characters")
        await self.send(connection, "tool_executing", tool="classify")
        try:
            priority, category = await self.tools.call("classify", text=text)
        except ToolError as error:
            await self.send(connection, "agent_failed", reason=str(error))
            return
        await self.send(connection, "tool_completed", tool="classify")
        await self.send(connection, "agent_completed", priority=priority, category=category)

    async def send(self, connection, kind: str, **payload) -> None:
        await connection.send(json.dumps({"type": kind, **payload}))


def serve(agents: LiveAgents, host: str = "127.0.0.1", port: int = 0):
    """The server as an async context manager."""
    from websockets.asyncio.server import serve as serve_websocket

    return serve_websocket(agents.handle, host, port)


async def main() -> None:
    async with serve(LiveAgents(), port=int(os.environ.get("BACKEND_LIVE_PORT", "0"))) as server:
        print(f"ws://127.0.0.1:{server.sockets[0].getsockname()[1]}", flush=True)
        await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(main())
