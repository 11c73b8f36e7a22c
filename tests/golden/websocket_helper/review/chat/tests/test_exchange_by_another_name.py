"""The same through other names for the function and its module."""

from test_framework.ssot.websocket_test_utility import WebSocketTestUtility


async def test_module():
    async with WebSocketTestUtility("ws://localhost/ws").connect() as ws:
        await ws.send_json([])


async def test_function():
    async with WebSocketTestUtility("ws://localhost/ws").connect() as ws:
        await ws.send_json([])


async def test_renamed():
    async with WebSocketTestUtility("ws://localhost/ws").connect() as ws:
        await ws.send_json([])
