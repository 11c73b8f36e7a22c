"""Sockets without a network."""


class MockWebSocket:
    """Remembers what was sent; ``close`` makes it fail."""

    def __init__(self):
        self.sent = []
        self.closed = False

    async def send_json(self, message):
        if self.closed:
            raise ConnectionError("socket is closed")
        self.sent.append(message)

    async def close(self, code=1000):
        self.closed = True
        self.close_code = code


class MockWebSocketManager:
    """Stands in for ``ConnectionManager`` and remembers events in order."""

    def __init__(self):
        self.events = []
        self.connections = {}

    def connect(self, user_id, socket):
        self.connections.setdefault(user_id, []).append(socket)

    def disconnect(self, user_id, socket):
        self.connections.get(user_id, []).remove(socket)

    async def send_event(self, user_id, event, **payload):
        self.events.append((event, payload))
        return 1

    def names(self):
        return [event for event, _ in self.events]
