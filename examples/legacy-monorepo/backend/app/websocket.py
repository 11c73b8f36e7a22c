"""Who is connected, and events for them."""

from __future__ import annotations

import logging
from typing import Any, Protocol

log = logging.getLogger("harbor.websocket")


class Socket(Protocol):
    async def send_json(self, message: dict[str, Any]) -> None: ...


class ConnectionManager:
    """Open sockets by user; a socket that fails to take a message is dropped."""

    def __init__(self) -> None:
        self._sockets: dict[str, list[Socket]] = {}

    def connect(self, user_id: str, socket: Socket) -> None:
        self._sockets.setdefault(user_id, []).append(socket)

    def disconnect(self, user_id: str, socket: Socket) -> None:
        sockets = self._sockets.get(user_id, [])
        if socket in sockets:
            sockets.remove(socket)
        if not sockets:
            self._sockets.pop(user_id, None)

    def count(self) -> int:
        return sum(len(sockets) for sockets in self._sockets.values())

    async def send_event(self, user_id: str, event: str, **payload: Any) -> int:
        """Send to all sockets of a user; returns how many took it."""
        sent = 0
        for socket in list(self._sockets.get(user_id, [])):
            try:
                await socket.send_json({"event": event, **payload})
            except ConnectionError:
                log.info("dropping a dead socket of %s", user_id)
                self.disconnect(user_id, socket)
            else:
                sent += 1
        return sent

    async def broadcast(self, event: str, **payload: Any) -> int:
        sent = 0
        for user_id in list(self._sockets):
            sent += await self.send_event(user_id, event, **payload)
        return sent
