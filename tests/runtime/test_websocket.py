"""Websocket clients against a real server that behaves, and against one that does not."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Awaitable, Callable
from http import HTTPStatus
from urllib.parse import parse_qs, urlsplit

import pytest
from websockets.asyncio.server import ServerConnection, serve
from websockets.http11 import Request, Response

from test_framework.ssot.mock_factory import AGENT_EVENTS
from test_framework.ssot.websocket_test_utility import (
    WebSocketClient,
    WebSocketTestError,
    WebSocketTestUtility,
)

Handler = Callable[[ServerConnection], Awaitable[None]]
Use = Callable[[WebSocketClient], Awaitable[None]]
SECRETS = ("t/1&x", "b-1")


def admitted(connection: ServerConnection, request: Request) -> Response | None:
    """Let in who shows the ticket or the token."""
    ticket = parse_qs(urlsplit(request.path).query).get("ticket", [""])[0]
    if SECRETS[0] == ticket or request.headers.get("Authorization") == f"Bearer {SECRETS[1]}":
        return None
    return connection.respond(HTTPStatus.UNAUTHORIZED, "who are you?")


async def with_client(handler: Handler, use: Use, timeout: float = 5.0) -> None:
    """Serve ``handler`` on a free port and give ``use`` an admitted client."""
    async with serve(handler, "127.0.0.1", 0, process_request=admitted) as server:
        port = server.sockets[0].getsockname()[1]
        utility = WebSocketTestUtility(f"ws://127.0.0.1:{port}/ws", ticket=SECRETS[0], timeout=timeout)
        async with utility.connect() as client:
            await use(client)


def events(*kinds: str, after: float = 0.0) -> Handler:
    """A server that sends events, each after a while, then waits."""

    async def handle(connection: ServerConnection) -> None:
        for kind in kinds:
            await asyncio.sleep(after)
            await connection.send(json.dumps({"type": kind}))
        await connection.wait_closed()

    return handle


async def echo(connection: ServerConnection) -> None:
    """A server that sends back what it gets."""
    async for message in connection:
        await connection.send(message)


def test_messages_go_and_come_as_json() -> None:
    """What is sent is received, and remembered."""

    async def use(client: WebSocketClient) -> None:
        await client.send_json({"type": "hello", "text": "ü"})
        assert await client.receive_json() == {"type": "hello", "text": "ü"}
        await client.send_json([1])
        assert await client.receive_json() == [1]
        assert client.events == [{"type": "hello", "text": "ü"}, [1]]

    asyncio.run(with_client(echo, use))


def test_agent_events_in_order() -> None:
    """The five events are found in order, whatever comes between them."""

    async def use(client: WebSocketClient) -> None:
        found = await client.expect_events()
        assert [event["type"] for event in found] == list(AGENT_EVENTS)

    noisy = [kind for event in AGENT_EVENTS for kind in ("heartbeat", event)]
    asyncio.run(with_client(events(*noisy), use))


LATE = "waiting for 'agent_thinking', 0.5 s for all 5: no message within"


@pytest.mark.parametrize(
    ("handler", "told"),
    [
        (events("agent_started", "agent_completed"), "'agent_completed' came before 'agent_thinking'"),
        (events("agent_started"), LATE),
        (events("agent_started", "agent_thinking", after=0.3), LATE),
    ],
)
def test_events_missing_late_or_out_of_order(handler: Handler, told: str) -> None:
    """Each is an error in time that tells what did arrive."""

    async def use(client: WebSocketClient) -> None:
        with pytest.raises(WebSocketTestError, match=rf"{told}.*; received before: \['agent_started'"):
            await client.expect_events(timeout=0.5)

    asyncio.run(asyncio.wait_for(with_client(handler, use), 20))


async def send_garbage(connection: ServerConnection) -> None:
    """A server that sends an event, then no JSON."""
    await connection.send('{"type": "agent_started"}')
    await connection.send("<html>oops</html>")


async def send_bytes(connection: ServerConnection) -> None:
    """A server that sends bytes that are no text."""
    await connection.send('{"type": "agent_started"}')
    await connection.send(b"\xff\x00")


async def fail_inside(connection: ServerConnection) -> None:
    """A server that breaks."""
    await connection.send('{"type": "agent_started"}')
    await connection.close(1011, "internal error")


async def vanish(connection: ServerConnection) -> None:
    """A server whose process goes away."""
    await connection.send('{"type": "agent_started"}')
    connection.transport.abort()


@pytest.mark.parametrize(
    ("handler", "told"),
    [
        (send_garbage, "a message is no JSON: '<html>oops</html>'"),
        (send_bytes, "a message is no JSON: b"),
        (fail_inside, "the server closed the connection with 1011 internal error"),
        (vanish, "the server closed the connection without a closing handshake"),
    ],
)
def test_a_server_that_breaks_is_an_error(handler: Handler, told: str) -> None:
    """Garbage, 1011 and a lost connection are told, with what came before."""

    async def use(client: WebSocketClient) -> None:
        with pytest.raises(WebSocketTestError, match=rf"{told}.*; received before: \['agent_started'\]"):
            await client.wait_for_event("agent_completed")
        if handler in (fail_inside, vanish):
            with pytest.raises(WebSocketTestError, match="closed the connection"):
                await client.send_json({})

    asyncio.run(asyncio.wait_for(with_client(handler, use), 20))


def test_reconnecting() -> None:
    """After the server broke, a client connects anew and still knows what it received."""

    async def use(client: WebSocketClient) -> None:
        for _ in range(2):
            await client.wait_for_event("agent_started")
            with pytest.raises(WebSocketTestError):
                await client.receive_json()
            await client.reconnect()
        assert [event["type"] for event in client.events] == ["agent_started"] * 2

    asyncio.run(with_client(fail_inside, use))


def test_who_is_not_admitted_is_told_so() -> None:
    """Ticket and bearer work; without them the status is told, and no error shows a secret."""

    async def attempt(port: int, **auth: str) -> None:
        utility = WebSocketTestUtility(f"ws://127.0.0.1:{port}/ws?room=1", **auth)  # type: ignore[arg-type]
        async with utility.connect() as client:
            await client.send_json(1)
            assert await client.receive_json() == 1

    async def use() -> None:
        async with serve(echo, "127.0.0.1", 0, process_request=admitted) as server:
            port = server.sockets[0].getsockname()[1]
            await attempt(port, ticket=SECRETS[0])
            await attempt(port, bearer=SECRETS[1])
            with pytest.raises(WebSocketTestError, match="refused the connection: HTTP 401") as caught:
                await attempt(port, ticket="hush")
            assert "hush" not in str(caught.value)
        with pytest.raises(WebSocketTestError, match="no connection to ws://") as caught:
            await attempt(port, ticket="hush", bearer="hush")
        assert "hush" not in str(caught.value)

    asyncio.run(use())


def test_a_server_that_never_answers_is_an_error_in_time() -> None:
    """The limit holds for the connection itself."""

    async def use() -> None:
        ended = asyncio.Event()

        async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await ended.wait()
            writer.close()

        async with await asyncio.start_server(silent, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            utility = WebSocketTestUtility(f"ws://127.0.0.1:{port}", timeout=0.2)
            with pytest.raises(WebSocketTestError, match="no connection"):
                async with utility.connect():
                    pytest.fail("connected")
            ended.set()

    began = time.monotonic()
    asyncio.run(use())
    assert time.monotonic() - began < 20


def test_many_clients_at_once() -> None:
    """Fifty clients are connected together, each with its own events; all are closed afterwards."""
    peak, present = 0, 0

    async def count(connection: ServerConnection) -> None:
        nonlocal peak, present
        present += 1
        peak = max(peak, present)
        await echo(connection)
        present -= 1

    async def use() -> None:
        async with serve(count, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            async with WebSocketTestUtility(f"ws://127.0.0.1:{port}").connect_many(50) as clients:
                await asyncio.gather(*(client.send_json(n) for n, client in enumerate(clients)))
                await asyncio.gather(*(client.receive_json() for client in clients))
                assert [client.events for client in clients] == [[n] for n in range(50)]

    asyncio.run(use())
    assert (peak, present) == (50, 0)
