"""Agents over a real websocket, in this process and as a server of its own."""
import json
import os
import subprocess
import sys

import pytest

from ...app.live import LiveAgents, serve
from ...app.tools import ToolRegistry
from ..async_base import AsyncServiceTestCase

EVENTS = ["agent_started", "agent_thinking", "tool_executing", "tool_completed", "agent_completed"]


@pytest.mark.integration
class LiveWebSocket(AsyncServiceTestCase):
    async def asyncSetUp(self):
        try:
            from websockets.asyncio.client import connect
        except ImportError:
            self.skipTest("websockets is not installed")
        self.connect = connect
        await super().asyncSetUp()

    async def talk(self, url, *messages, answers):
        async with self.connect(url) as socket:
            for message in messages:
                await socket.send(message)
            return [json.loads(await self.within(socket.recv())) for _ in range(answers)]

    async def ask(self, *messages, answers, agents=None):
        async with serve(agents or LiveAgents()) as server:
            port = server.sockets[0].getsockname()[1]
            return await self.talk(f"ws://127.0.0.1:{port}", *messages, answers=answers)

    async def test_every_step_in_order(self):
        request = json.dumps({"type": "start_agent", "message": "production is down, urgent"})
        events = await self.ask(request, answers=5)
        self.assertEqual([event["type"] for event in events], EVENTS)
        self.assertEqual((events[-1]["priority"], events[-1]["category"]), ("critical", "outage"))

    async def test_nonsense_is_answered(self):
        answers = await self.ask("{", "[]", '{"type": "start_agent"}', answers=3)
        self.assertEqual([answer["type"] for answer in answers], ["error"] * 3)

    async def test_a_missing_tool_is_told(self):
        request = '{"type": "start_agent", "message": "x"}'
        events = await self.ask(request, answers=4, agents=LiveAgents(ToolRegistry()))
        self.assertEqual(events[-1]["type"], "agent_failed")
        self.assertIn("no tool called classify", events[-1]["reason"])

    async def test_vips_in_a_process_of_its_own(self):
        env = dict(os.environ, BACKEND_VIP_TENANTS="public", PYTHONUNBUFFERED="1")
        command = [sys.executable, "-m", "backend.app.live"]
        with subprocess.Popen(command, env=env, stdout=subprocess.PIPE, text=True) as server:
            try:
                url = server.stdout.readline().strip()
                events = await self.talk(url, '{"type": "start_agent", "message": "hello"}', answers=5)
            finally:
                server.kill()
        self.assertEqual(events[-1]["priority"], "high")
