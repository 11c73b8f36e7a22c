"""An exact copy of a helper: an import takes its place."""

import websockets


async def create_websocket_connection(url, token):
    """Connect."""
    return await websockets.connect(f"{url}?token={token}")


async def test_copy(token):
    ws = await create_websocket_connection("ws://localhost/ws", token)
    await ws.close()
