"""Fixtures of the service's tests."""

import pytest
import websockets


@pytest.fixture
async def websocket_client():
    connection = await websockets.connect("ws://localhost:8000/ws")
    yield connection
    await connection.close()
