"""The internal protocol: one JSON object a line over TCP, for services that speak no HTTP."""

from __future__ import annotations

import asyncio
import json
import os

from harbor_auth import tokens
from harbor_auth.users import LoginRefused, UserDirectory


class LineServer:
    """Answers ``login`` and ``verify``; at most ``AUTH_MAX_LINE`` bytes a line."""

    def __init__(self, users: UserDirectory):
        self.users = users
        self.server: asyncio.AbstractServer | None = None

    async def start(self, host: str = "127.0.0.1") -> int:
        """Listen on a free port and return it."""
        limit = int(os.getenv("AUTH_MAX_LINE", "4096"))  # @justified: tuned per host by the network team
        self.server = await asyncio.start_server(self._serve, host, 0, limit=limit)
        return self.server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        if self.server is not None:
            self.server.close()
            await self.server.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while line := await reader.readline():
                writer.write(json.dumps(self.answer(line)).encode() + b"\n")
                await writer.drain()
        except (ValueError, ConnectionError):
            pass
        finally:
            writer.close()

    def answer(self, line: bytes) -> dict[str, object]:
        try:
            request = json.loads(line)
            if request["op"] == "login":
                return {"ok": True, "token": self.users.login(request["login"], request["password"])}
            if request["op"] == "verify":
                return {"ok": True, "claims": tokens.verify(request["token"])}
        except LoginRefused:
            return {"ok": False, "error": "refused"}
        except tokens.TokenError as error:
            return {"ok": False, "error": str(error)}
        except (ValueError, KeyError, TypeError):
            pass
        return {"ok": False, "error": "bad request"}
