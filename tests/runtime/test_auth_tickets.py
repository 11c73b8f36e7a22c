"""Auth tickets on a real Redis: limited, single use under contention, and never valid when Redis is down."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import time
from collections.abc import Awaitable, Callable, Iterator

import pytest
from redis.asyncio import Redis

from shared.auth_tickets import AuthTicketManager, TicketStoreError
from test_framework.ssot.real_services import Service, start_redis

pytestmark = [pytest.mark.heavy, pytest.mark.usefixtures("servers")]
Use = Callable[[Redis, AuthTicketManager], Awaitable[None]]


@pytest.fixture
def service() -> Iterator[Service]:
    """A Redis of the test's own."""
    running = start_redis()
    yield running
    running.stop()


@pytest.fixture
def using(service: Service) -> Callable[[Use], None]:
    """Run an async body with a client and a manager."""

    def run(use: Use) -> None:
        async def body() -> None:
            async with Redis.from_url(service.url, socket_timeout=2, socket_connect_timeout=2) as redis:
                await use(redis, AuthTicketManager(redis))

        asyncio.run(body())

    return run


def test_a_ticket_tells_who_may_do_what(using: Callable[[Use], None]) -> None:
    """It comes back as it was made, lives 300 s by default, and its id is neither short nor shown."""

    async def use(redis: Redis, manager: AuthTicketManager) -> None:
        made = await manager.generate_ticket("u1", "u@x", ["read"], metadata={"job": 7})
        assert 290 <= await redis.ttl(f"auth:ticket:{made.ticket_id}") <= 300
        assert await manager.validate_ticket(made.ticket_id) == made
        assert (made.permissions, made.metadata, len(made.ticket_id) >= 43) == (("read",), {"job": 7}, True)
        assert made.ticket_id not in repr(made)
        assert await manager.validate_ticket(made.ticket_id) is None
        assert await manager.validate_ticket("guess") is None

    using(use)


def test_single_use_holds_under_contention(using: Callable[[Use], None], service: Service) -> None:
    """Of 100 validators at once exactly one gets a single-use ticket, all get a reusable one."""

    async def use(redis: Redis, manager: AuthTicketManager) -> None:
        async def validate(ticket_id: str) -> bool:
            async with Redis.from_url(service.url) as own:
                return await AuthTicketManager(own).validate_ticket(ticket_id) is not None

        for single_use, winners in ((True, 1), (False, 100)):
            ticket = await manager.generate_ticket("u1", "u@x", single_use=single_use)
            results = await asyncio.gather(*(validate(ticket.ticket_id) for _ in range(100)))
            assert sum(results) == winners

    using(use)


def test_limits(using: Callable[[Use], None]) -> None:
    """Nobody's tickets, and lives of zero or more than an hour, are refused."""

    async def use(redis: Redis, manager: AuthTicketManager) -> None:
        for ttl in (0, -1, 3601):
            with pytest.raises(ValueError, match="1 to 3600"):
                await manager.generate_ticket("u1", "u@x", ttl_seconds=ttl)
        with pytest.raises(ValueError, match="needs a user"):
            await manager.generate_ticket("", "u@x")
        assert await redis.dbsize() == 0

    using(use)


def test_tickets_end(using: Callable[[Use], None]) -> None:
    """Revoked and outlived tickets are invalid; cleanup removes what Redis's own expiry did not."""

    async def use(redis: Redis, manager: AuthTicketManager) -> None:
        revoked = await manager.generate_ticket("u1", "u@x")
        assert await manager.revoke_ticket(revoked.ticket_id)
        assert not await manager.revoke_ticket(revoked.ticket_id)
        assert await manager.validate_ticket(revoked.ticket_id) is None
        restored, valid = [await manager.generate_ticket("u1", "u@x", single_use=False) for _ in range(2)]
        key = f"auth:ticket:{restored.ticket_id}"
        fields = json.loads(await redis.get(key) or "")
        await redis.set(key, json.dumps({**fields, "expires_at": time.time() - 1}))
        assert await manager.validate_ticket(restored.ticket_id) is None
        assert await manager.cleanup_expired_tickets() == 1
        assert await manager.cleanup_expired_tickets() == 0
        assert await manager.validate_ticket(valid.ticket_id) == valid

    using(use)


def hang(service: Service) -> None:
    """Let it take connections and answer nothing."""
    os.kill(service.pid, signal.SIGSTOP)


@pytest.mark.parametrize("end", [Service.stop, Service.kill, hang])
def test_redis_down_is_an_error_never_valid(
    end: Callable[[Service], None], using: Callable[[Use], None], service: Service
) -> None:
    """Stopped, killed or hung between generate and validate: each operation says that it cannot know."""

    async def use(redis: Redis, limited: AuthTicketManager) -> None:
        async with Redis.from_url(service.url) as client:  # which would wait for ever
            manager = AuthTicketManager(client, timeout=1)
            ticket = await manager.generate_ticket("u1", "u@x")
            end(service)
            operations = (
                lambda: manager.validate_ticket(ticket.ticket_id),
                lambda: manager.revoke_ticket(ticket.ticket_id),
                lambda: manager.generate_ticket("u1", "u@x"),
                lambda: manager.cleanup_expired_tickets(),
            )
            for operation in operations:
                with pytest.raises(TicketStoreError, match="cannot be asked"):
                    await asyncio.wait_for(operation(), 10)

    using(use)
