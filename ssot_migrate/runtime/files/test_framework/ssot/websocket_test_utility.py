"""Websocket clients for tests: events awaited in order, and every silence an error that tells what came."""

from __future__ import annotations

import asyncio
import inspect
import json
from collections.abc import AsyncIterator, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any
from urllib.parse import quote

from websockets.asyncio.client import ClientConnection, connect
from websockets.exceptions import ConnectionClosed, InvalidStatus, WebSocketException

from test_framework.ssot.mock_factory import AGENT_EVENTS

_SHOWN_CHARACTERS = 200
# websockets looks for a proxy since 15.0, and hands options that it does not know to the event loop.
_DIRECT: dict[str, Any] = {"proxy": None} if "proxy" in inspect.signature(connect).parameters else {}


class WebSocketTestError(AssertionError):
    """A socket that closed, or an event that is missing, late, garbled or out of order."""


class WebSocketClient:
    """One client; ``events`` are all that it has received, over all its connections."""

    def __init__(self, url: str, headers: dict[str, str], timeout: float, shown_url: str) -> None:
        """Connect to nothing yet; ``shown_url`` is what errors may tell."""
        self._url, self._headers, self._timeout, self._shown_url = url, headers, timeout, shown_url
        self._connection: ClientConnection | None = None
        self.events: list[Any] = []

    async def open(self) -> None:
        """Connect; WebSocketTestError if the server refuses or does not answer in time."""
        try:
            self._connection = await connect(
                self._url,
                additional_headers=self._headers,
                open_timeout=self._timeout,
                close_timeout=self._timeout,
                **_DIRECT,
            )
        except InvalidStatus as error:
            status = error.response.status_code
            raise WebSocketTestError(f"{self._shown_url} refused the connection: HTTP {status}") from None
        except (OSError, WebSocketException, asyncio.TimeoutError) as error:  # noqa: UP041
            reason = str(error).replace(self._url, self._shown_url) or type(error).__name__
            raise WebSocketTestError(f"no connection to {self._shown_url}: {reason}") from None

    async def close(self) -> None:
        """Close the connection, if there is one."""
        if self._connection is not None:
            await self._connection.close()

    async def reconnect(self) -> None:
        """Close and connect anew, as after a lost network; the events received stay known."""
        await self.close()
        await self.open()

    async def send_json(self, message: object) -> None:
        """Send a message as JSON; WebSocketTestError if the socket is closed."""
        await self._send(json.dumps(message))

    async def receive_json(self, timeout: float | None = None) -> Any:  # noqa: ANN401 - any JSON
        """Return the next message; WebSocketTestError if it is late, garbled or the socket closed."""
        seconds = self._timeout if timeout is None else timeout
        try:
            raw = await asyncio.wait_for(self._open_connection().recv(), seconds)
        except asyncio.TimeoutError:  # noqa: UP041 - another class before Python 3.11
            raise self._error(f"no message within {seconds:.3g} s") from None
        except ConnectionClosed as error:
            raise self._closed(error) from None
        try:
            message = json.loads(raw)
        except ValueError:
            raise self._error(f"a message is no JSON: {raw[:_SHOWN_CHARACTERS]!r}") from None
        self.events.append(message)
        return message

    async def wait_for_event(self, kind: str, timeout: float | None = None) -> Any:  # noqa: ANN401
        """Return the next event whose ``type`` is ``kind``, whatever comes before it."""
        (event,) = await self.expect_events([kind], timeout)
        return event

    async def expect_events(
        self, kinds: Sequence[str] = AGENT_EVENTS, timeout: float | None = None
    ) -> list[Any]:
        """Return the events of these types, which must come in this order; others may come between.

        ``timeout`` is for all of them together, in seconds.
        """
        loop = asyncio.get_running_loop()
        limit = self._timeout if timeout is None else timeout
        deadline = loop.time() + limit
        found: list[Any] = []
        while len(found) < len(kinds):
            wanted = kinds[len(found)]
            try:
                event = await self.receive_json(max(0.0, deadline - loop.time()))
            except WebSocketTestError as error:
                told = f"waiting for {wanted!r}, {limit:g} s for all {len(kinds)}: {error}"
                raise WebSocketTestError(told) from None
            kind = event.get("type") if isinstance(event, dict) else None
            if kind == wanted:
                found.append(event)
            elif kind in kinds[len(found) :]:
                raise self._error(f"{kind!r} came before {wanted!r}")
        return found

    async def _send(self, text: str) -> None:
        try:
            await self._open_connection().send(text)
        except ConnectionClosed as error:
            raise self._closed(error) from None

    def _open_connection(self) -> ClientConnection:
        if self._connection is None:
            raise self._error("the client is not connected")
        return self._connection

    def _closed(self, error: ConnectionClosed) -> WebSocketTestError:
        frame = error.rcvd
        how = f"with {frame.code} {frame.reason}".strip() if frame else "without a closing handshake"
        return self._error(f"the server closed the connection {how}")

    def _error(self, problem: str) -> WebSocketTestError:
        kinds = [event.get("type", event) if isinstance(event, dict) else event for event in self.events]
        return WebSocketTestError(f"{problem}; received before: {kinds!r:.2000}")


class WebSocketTestUtility:
    """Clients of one server, authenticated by a ticket or a bearer token."""

    def __init__(
        self, url: str, *, ticket: str | None = None, bearer: str | None = None, timeout: float = 5.0
    ) -> None:
        """Make clients for ``url``; ``timeout`` seconds are the limit of each wait."""
        self._shown_url, self._timeout = url, timeout
        separator = "&" if "?" in url else "?"
        self._url = f"{url}{separator}ticket={quote(ticket, safe='')}" if ticket else url
        self._headers = {"Authorization": f"Bearer {bearer}"} if bearer else {}

    @asynccontextmanager
    async def connect(self) -> AsyncIterator[WebSocketClient]:
        """Give a connected client, closed afterwards."""
        client = WebSocketClient(self._url, self._headers, self._timeout, self._shown_url)
        await client.open()
        try:
            yield client
        finally:
            await client.close()

    @asynccontextmanager
    async def connect_many(self, count: int) -> AsyncIterator[list[WebSocketClient]]:
        """Give ``count`` clients, all connected at the same time."""
        async with AsyncExitStack() as exits:
            yield [await exits.enter_async_context(self.connect()) for _ in range(count)]
