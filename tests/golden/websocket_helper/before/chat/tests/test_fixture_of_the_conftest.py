"""A fixture that the conftest above offers as well just goes."""

import pytest
import websockets


@pytest.fixture
async def websocket_client():
    connection = await websockets.connect("ws://localhost:8000/ws")
    yield connection
    await connection.close()


async def test_client(websocket_client):
    await websocket_client.ping()
