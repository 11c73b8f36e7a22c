"""A helper of the same name that does something else, in a class."""

import websockets


class Harness:
    async def create_websocket_connection(self):
        self.connection = await websockets.connect("ws://localhost:9000/ws")

    def mock_websocket_client(self):
        return object()


async def test_harness():
    await Harness().create_websocket_connection()
