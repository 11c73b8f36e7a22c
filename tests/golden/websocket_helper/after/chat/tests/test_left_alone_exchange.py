"""Blocks of which something has no counterpart: advice that says what."""

import asyncio
import json

import pytest
import websockets

URL = "ws://localhost:8000/ws"


async def test_ping():
    async with websockets.connect(URL) as ws:
        await (await ws.ping())


async def test_handed_on(client):
    async with websockets.connect(URL) as ws:
        await client.login(ws)


async def test_iterated():
    async with websockets.connect(URL) as ws:
        async for message in ws:
            assert message


async def test_raw():
    async with websockets.connect(URL) as ws:
        raw = await ws.recv()
        assert len(raw) < 100
        assert json.loads(raw)


async def test_no_json():
    async with websockets.connect(URL) as ws:
        await ws.send("hello")


async def test_closed():
    async with websockets.connect(URL) as ws:
        with pytest.raises(websockets.ConnectionClosed):
            await ws.recv()


async def test_silence():
    try:
        async with websockets.connect(URL) as ws:
            json.loads(await asyncio.wait_for(ws.recv(), 1))
    except asyncio.TimeoutError:
        pass


async def test_headers(token):
    async with websockets.connect(URL, additional_headers={"Authorization": f"Bearer {token}", "X": "1"}) as ws:
        json.loads(await ws.recv())


async def test_changed_token(token):
    headers = {"Authorization": f"Bearer {token}"}
    token = token.upper()
    async with websockets.connect(URL, additional_headers=headers) as ws:
        json.loads(await ws.recv())


async def test_headers_filled_later(token):
    headers = {"Authorization": f"Bearer {token}"}
    headers["X"] = "1"
    async with websockets.connect(URL, additional_headers=headers) as ws:
        json.loads(await ws.recv())


async def test_options():
    async with websockets.connect(URL, extra_headers={}, ping_interval=None) as ws:
        json.loads(await ws.recv())


async def test_kept():
    ws = await websockets.connect(URL)
    await ws.close()


async def test_twice():
    async with websockets.connect(URL) as ws:
        await ws.send(json.dumps(1))
    async with websockets.connect(URL) as ws:
        await ws.send(json.dumps(2))


async def test_caught_by_the_caller():
    async def open_socket():
        async with websockets.connect(URL):
            return True

    with pytest.raises(websockets.InvalidStatus):
        await open_socket()


async def test_commented():
    async with websockets.connect(
        URL,  # the local one
    ) as ws:
        await ws.send(json.dumps(1))
