"""The same through other names for the function and its module."""

import json

import websockets as w
from websockets import connect
from websockets.asyncio.client import connect as open_socket


async def test_module():
    async with w.connect("ws://localhost/ws") as ws:
        await ws.send(json.dumps([]))


async def test_function():
    async with connect("ws://localhost/ws") as ws:
        await ws.send(json.dumps([]))


async def test_renamed():
    async with open_socket("ws://localhost/ws") as ws:
        await ws.send(json.dumps([]))
