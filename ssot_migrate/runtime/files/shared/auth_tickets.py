"""Short-lived authentication tickets on Redis: random, limited in time, single use unless said otherwise."""

from __future__ import annotations

import asyncio
import json
import secrets
import time
from collections.abc import Awaitable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

_PREFIX = "auth:ticket:"
_DEFAULT_TTL, _MAX_TTL = 300, 3600
# Read and, if it is for single use, delete in one step: of many validators, one sees the ticket.
_TAKE = """
local found = redis.call('GET', KEYS[1])
if found and cjson.decode(found)['single_use'] then redis.call('DEL', KEYS[1]) end
return found
"""


class TicketStoreError(RuntimeError):
    """Redis cannot be asked: no ticket is valid or invalid then."""


@dataclass(frozen=True)
class AuthTicket:
    """A ticket; whoever shows ``ticket_id`` is ``user_id``."""

    ticket_id: str = field(repr=False)
    user_id: str
    email: str
    permissions: tuple[str, ...]
    created_at: float
    expires_at: float
    single_use: bool = True
    metadata: Mapping[str, Any] = field(default_factory=dict)


class AuthTicketManager:
    """Tickets in one Redis."""

    def __init__(self, redis: Redis, *, timeout: float = 5.0) -> None:
        """Use a client of ``redis.asyncio``; each call has ``timeout`` seconds, whatever the client's are."""
        self._redis, self._timeout = redis, timeout
        self._take = redis.register_script(_TAKE)

    async def generate_ticket(
        self,
        user_id: str,
        email: str,
        permissions: Sequence[str] = (),
        ttl_seconds: int = _DEFAULT_TTL,
        single_use: bool = True,
        metadata: Mapping[str, Any] | None = None,
    ) -> AuthTicket:
        """Store and return a new ticket; ValueError for a nameless user or a life beyond an hour."""
        if not user_id or not email:
            raise ValueError("a ticket needs a user and an email address")
        if not 0 < ttl_seconds <= _MAX_TTL:
            raise ValueError(f"a ticket lives 1 to {_MAX_TTL} seconds, not {ttl_seconds}")
        now = time.time()
        ticket_id = secrets.token_urlsafe(32)
        rights, extra = tuple(permissions), dict(metadata or {})
        ticket = AuthTicket(ticket_id, user_id, email, rights, now, now + ttl_seconds, single_use, extra)
        await self._ask(self._redis.set(_PREFIX + ticket_id, json.dumps(asdict(ticket)), ex=ttl_seconds))
        return ticket

    async def validate_ticket(self, ticket_id: str) -> AuthTicket | None:
        """Return the ticket if it is valid, and use it up if it is for single use; else None."""
        found = await self._ask(self._take(keys=[_PREFIX + ticket_id]))
        if not found:
            return None
        fields = json.loads(found)
        ticket = AuthTicket(**{**fields, "permissions": tuple(fields["permissions"])})
        return ticket if time.time() < ticket.expires_at else None

    async def revoke_ticket(self, ticket_id: str) -> bool:
        """Delete a ticket; return whether there was one."""
        return bool(await self._ask(self._redis.delete(_PREFIX + ticket_id)))

    async def cleanup_expired_tickets(self) -> int:
        """Delete tickets that outlived their time, as after a restore of Redis; return how many."""
        return int(await self._ask(self._delete_stale()))

    async def _delete_stale(self) -> int:
        stale = [key async for key in self._redis.scan_iter(f"{_PREFIX}*") if await self._is_stale(key)]
        return await self._redis.delete(*stale) if stale else 0

    async def _is_stale(self, key: bytes | str) -> bool:
        found = await self._redis.get(key)
        return found is not None and json.loads(found)["expires_at"] <= time.time()

    async def _ask(self, question: Awaitable[Any]) -> Any:  # noqa: ANN401 - as untyped as Redis's answers
        try:
            return await asyncio.wait_for(question, self._timeout)
        except (RedisError, OSError, asyncio.TimeoutError) as error:  # noqa: UP041 - apart before 3.11
            raise TicketStoreError(f"the ticket store cannot be asked: {type(error).__name__}") from error
