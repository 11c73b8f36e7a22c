# Copyright (c) Harborline B.V. All rights reserved.
# Licensed to customers under the terms of their contract.
"""Configuration of the auth service; every value is read when it is asked for."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import MutableMapping

MIN_SECRET = 16


class WeakSecret(RuntimeError):
    """The signing secret is missing or too short for production."""


def secret() -> bytes:
    """The signing secret; development gets one that nobody should use."""
    value = os.environ.get("AUTH_SECRET", "")
    if len(value) >= MIN_SECRET:
        return value.encode()
    if os.environ.get("HARBOR_ENV", "dev") in ("prod", "staging"):
        raise WeakSecret(f"AUTH_SECRET needs {MIN_SECRET} characters, it has {len(value)}")
    return (value or "development-only").encode()


def previous_secrets() -> list[bytes]:
    """Secrets that still verify: AUTH_SECRET_1, AUTH_SECRET_2 and so on, until one is missing."""
    found = []
    number = 1
    while (name := f"AUTH_SECRET_{number}") in os.environ:
        found.append(os.environ[name].encode())
        number += 1
    return found


def token_ttl() -> int:
    return int(os.getenv("AUTH_TOKEN_TTL", "900"))


def issuer() -> str:
    return os.environ.get("AUTH_ISSUER") or "https://auth.harborline.test"


def pbkdf2_rounds() -> int:
    raw = os.environ \
        .get("AUTH_PBKDF2_ROUNDS", "120000")
    return int(raw)


def rate_limit() -> tuple[int, float]:
    """``AUTH_RATE_LIMIT=<attempts>/<seconds>``."""
    attempts, _, seconds = os.environ.get("AUTH_RATE_LIMIT", "5/60").partition("/")
    return int(attempts), float(seconds or 60)


def trusted_proxies(env: MutableMapping[str, str] = os.environ) -> frozenset[str]:
    return frozenset(env.get("AUTH_TRUSTED_PROXIES", "127.0.0.1").split(","))


def rotate(new_secret: str, env: MutableMapping[str, str] | None = None) -> int:
    """Move the secrets one place back and put ``new_secret`` first; returns how many there are now."""
    env = os.environ if env is None else env
    kept = [env["AUTH_SECRET"]] if "AUTH_SECRET" in env else []
    kept += [value.decode() for value in previous_secrets()]
    env["AUTH_SECRET"] = new_secret
    env.update({f"AUTH_SECRET_{number}": value for number, value in enumerate(kept, 1)})
    return len(kept) + 1
