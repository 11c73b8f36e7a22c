"""Other libraries' clients, names in doubt, doubles and strings."""

try:
    from websockets import connect
except ImportError:
    from websockets.legacy.client import connect

from unittest.mock import patch

import aiohttp
import websocket


def test_other_libraries():
    websocket.create_connection("ws://localhost/ws").close()
    websocket.WebSocketApp("ws://localhost/ws")


async def test_aiohttp():
    async with aiohttp.ClientSession() as session, session.ws_connect("ws://localhost/ws") as ws:
        assert ws


async def test_doubt():
    async with connect("ws://localhost/ws"):
        pass


def test_patched(client):
    with patch("websockets.connect"), client.websocket_connect("/ws"):
        assert True


async def test_allowed():
    import websockets

    await websockets.connect("ws://localhost/ws")  # ssot: allow[websocket-helper] the handshake is the subject


class TestOwnHelper:
    async def ws_connect(self, path):
        return path

    async def test_its_own_method_is_no_session(self):
        assert await self.ws_connect("/ws") == "/ws"
