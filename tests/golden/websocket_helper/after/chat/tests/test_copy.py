"""An exact copy of a helper: an import takes its place."""

from chat.tests.sockets import create_websocket_connection


async def test_copy(token):
    ws = await create_websocket_connection("ws://localhost/ws", token)
    await ws.close()
