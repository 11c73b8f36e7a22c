"""Connections and events. Async without a plugin: each test runs its own loop."""
import asyncio

import pytest

from backend.app.websocket import ConnectionManager
from backend.tests.mocks import MockWebSocket


@pytest.fixture
def manager():
    return ConnectionManager()


@pytest.fixture
def socket(manager):
    socket = MockWebSocket()
    manager.connect("ada", socket)
    return socket


class TestConnections:
    def setup_method(self):
        self.extra = MockWebSocket()

    def teardown_method(self):
        asyncio.run(self.extra.close())

    def test_count(self, manager, socket):
        manager.connect("ada", self.extra)
        assert manager.count() == 2

    def test_disconnect(self, manager, socket):
        manager.disconnect("ada", socket)
        manager.disconnect("ada", socket)
        assert manager.count() == 0

    def test_disconnect_of_a_stranger(self, manager, socket):
        manager.disconnect("bob", self.extra)
        assert manager.count() == 1


class TestEvents:
    def test_all_sockets_of_a_user(self, manager, socket):
        second = MockWebSocket()
        manager.connect("ada", second)
        assert asyncio.run(manager.send_event("ada", "hello", n=1)) == 2
        assert socket.sent == second.sent == [{"event": "hello", "n": 1}]

    def test_others_get_nothing(self, manager, socket):
        assert asyncio.run(manager.send_event("bob", "hello")) == 0
        assert socket.sent == []

    def test_dead_socket_is_dropped(self, manager, socket, caplog):
        asyncio.run(socket.close())
        with caplog.at_level("INFO", logger="harbor.websocket"):
            assert asyncio.run(manager.send_event("ada", "hello")) == 0
        assert manager.count() == 0
        assert "dead socket of ada" in caplog.text

    @pytest.mark.parametrize("users", [0, 1, 5])
    def test_broadcast(self, manager, users):
        sockets = [MockWebSocket() for _ in range(users)]
        for number, one in enumerate(sockets):
            manager.connect(f"user-{number}", one)
        assert asyncio.run(manager.broadcast("notice", text="restart")) == users
        assert all(one.sent == [{"event": "notice", "text": "restart"}] for one in sockets)


class TestOldStyle:
    """Written for nose; pytest never called ``setUp`` here, and nothing depends on it any more."""

    def setUp(self):
        raise RuntimeError("nose is gone")

    def test_new_manager_is_empty(self):
        assert ConnectionManager().count() == 0


if __name__ == "__main__":
    pytest.main()  # noqa: S101
