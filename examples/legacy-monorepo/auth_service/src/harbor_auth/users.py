"""Accounts and login."""

from __future__ import annotations

import dataclasses

from harbor_auth import passwords, tokens
from harbor_auth.audit import AuditLog
from harbor_auth.rate_limit import RateLimiter


class LoginRefused(Exception):
    """Deliberately says nothing about why."""


class TooManyAttempts(LoginRefused):
    pass


@dataclasses.dataclass
class User:
    login: str
    password_hash: str
    roles: tuple[str, ...] = ("member",)
    active: bool = True


class UserDirectory:
    def __init__(self, limiter: RateLimiter | None = None, audit: AuditLog | None = None):
        self._users: dict[str, User] = {}
        self.limiter = limiter or RateLimiter()
        self.audit = audit or AuditLog()

    def register(self, login: str, password: str, *roles: str) -> User:
        key = login.strip().lower()
        if key in self._users:
            raise ValueError(f"{key} exists")
        passwords.check_rules(password, key)
        user = User(key, passwords.hash_password(password), roles or ("member",))
        self._users[key] = user
        self.audit.write("registered", key)
        return user

    def login(self, login: str, password: str) -> str:
        """A token, if login and password fit and the account is active."""
        key = login.strip().lower()
        if not self.limiter.allow(key):
            self.audit.write("throttled", key)
            raise TooManyAttempts
        user = self._users.get(key)
        if user is None or not user.active or not passwords.verify(password, user.password_hash):
            self.audit.write("refused", key)
            raise LoginRefused
        if passwords.needs_rehash(user.password_hash):
            user.password_hash = passwords.hash_password(password)
        self.limiter.reset(key)
        self.audit.write("login", key)
        return tokens.issue(key, roles=list(user.roles))

    def deactivate(self, login: str) -> None:
        self._users[login].active = False
