"""Sessions that several processes share, in Redis, which also lets them expire."""

from __future__ import annotations

import os
import secrets


def connect(url: str | None = None):
    """A client for ``url``, by default ``REDIS_URL``; needs redis."""
    import redis

    url = url or os.environ["REDIS_URL"]
    return redis.Redis.from_url(url, decode_responses=True, socket_timeout=5, socket_connect_timeout=5)


class RedisSessionStore:
    def __init__(self, client, prefix: str = "session:"):
        self.client = client
        self.prefix = prefix

    @property
    def idle_limit(self) -> int:
        return int(os.environ.get("AUTH_SESSION_IDLE", "1800"))

    def open(self, user: str) -> str:
        key = secrets.token_urlsafe(16)
        self.client.set(self.prefix + key, user, ex=self.idle_limit)
        return key

    def touch(self, key: str) -> str | None:
        """The user of a live session, which counts as used now."""
        return self.client.getex(self.prefix + key, ex=self.idle_limit)

    def close(self, key: str) -> bool:
        """End a session; whether there was one."""
        return bool(self.client.delete(self.prefix + key))

    def close_all(self, user: str) -> int:
        """End all sessions of a user, wherever they were opened."""
        own = [key for key in self.client.scan_iter(self.prefix + "*") if self.client.get(key) == user]
        return self.client.delete(*own) if own else 0
