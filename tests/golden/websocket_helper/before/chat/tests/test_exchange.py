"""Blocks whose every use of the connection has a counterpart: for review, all or nothing."""

import asyncio
import json

import websockets

URL = "ws://localhost:8000/ws"


async def test_one_question():
    async with websockets.connect(URL) as ws:
        await ws.send(json.dumps({"type": "ping"}))
        assert json.loads(await ws.recv())["type"] == "pong"


async def test_with_a_limit():
    async with websockets.connect(URL) as ws:
        await ws.send(
            json.dumps(
                {
                    "type": "ask",  # a comment that stays
                    "text": "who",
                }
            )
        )
        answer = json.loads(await asyncio.wait_for(ws.recv(), timeout=2))
        assert answer["text"]


async def test_in_two_steps(token):
    headers = {"Authorization": f"Bearer {token}"}
    async with websockets.connect(URL, additional_headers=headers) as ws:
        for number in range(3):
            await ws.send(json.dumps({"number": number}))
            raw = await asyncio.wait_for(ws.recv(), 2 + number)
            answer = json.loads(raw)
            assert answer["number"] == number


async def test_literal_headers(login):
    async with websockets.connect(URL, additional_headers={"Authorization": f"Bearer {login.token}"}) as ws:
        assert json.loads(await ws.recv()) == {"type": "welcome"}


async def test_connects_only():
    async with websockets.connect(URL):
        pass
