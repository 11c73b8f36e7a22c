"""Sessions in memory, with an idle limit and a limit per user."""

from __future__ import annotations

import dataclasses
import os
import secrets

from common.clock import SystemClock


@dataclasses.dataclass
class Session:
    key: str
    user: str
    seen: float


class SessionStore:
    def __init__(self, clock=None):
        self.clock = clock or SystemClock()
        self._sessions: dict[str, Session] = {}

    @property
    def idle_limit(self) -> float:
        return float(os.environ.get("AUTH_SESSION_IDLE", "1800"))

    @property
    def per_user(self) -> int:
        return int(os.environ.get("AUTH_SESSIONS_PER_USER", "3"))

    def open(self, user: str) -> str:
        """A new session; the user's least recently used one ends if there are too many."""
        self.expire()
        own = sorted((s for s in self._sessions.values() if s.user == user), key=lambda s: s.seen)
        for session in own[: max(0, len(own) - self.per_user + 1)]:
            del self._sessions[session.key]
        session = Session(secrets.token_urlsafe(16), user, self.clock.monotonic())
        self._sessions[session.key] = session
        return session.key

    def touch(self, key: str) -> str | None:
        """The user of a live session, which counts as used now."""
        self.expire()
        session = self._sessions.get(key)
        if session is None:
            return None
        session.seen = self.clock.monotonic()
        return session.user

    def close(self, key: str) -> None:
        self._sessions.pop(key, None)

    def expire(self) -> int:
        limit = self.clock.monotonic() - self.idle_limit
        dead = [key for key, session in self._sessions.items() if session.seen < limit]
        for key in dead:
            del self._sessions[key]
        return len(dead)

    def __len__(self) -> int:
        return len(self._sessions)
