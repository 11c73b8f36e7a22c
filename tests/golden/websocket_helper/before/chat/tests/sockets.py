"""Helpers of the service's tests: the copies that stay."""

import websockets


async def create_websocket_connection(url, token):
    return await websockets.connect(f"{url}?token={token}")
