"""Signed tokens: three base64url parts, like a JWT with HS256."""

from __future__ import annotations

import base64
import binascii
import hashlib
import hmac
import json
import time
from typing import Any

from harbor_auth import auth_config

HEADER = {"alg": "HS256", "typ": "JWT"}


class TokenError(Exception):
    """A token that must not be believed."""


class Expired(TokenError):
    pass


def _encode(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def _decode(text: str) -> bytes:
    try:
        return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise TokenError("not base64") from error


def _sign(signed: str, secret: bytes) -> str:
    return _encode(hmac.new(secret, signed.encode(), hashlib.sha256).digest())


def issue(subject: str, now: float | None = None, **claims: Any) -> str:
    """A token for ``subject`` that holds for ``AUTH_TOKEN_TTL`` seconds."""
    moment = int(time.time() if now is None else now)
    payload = {
        "iss": auth_config.issuer(), "sub": subject, "iat": moment, "exp": moment + auth_config.token_ttl(), **claims,
    }
    signed = ".".join(_encode(json.dumps(part, sort_keys=True).encode()) for part in (HEADER, payload))
    return f"{signed}.{_sign(signed, auth_config.secret())}"


def verify(token: str, now: float | None = None, leeway: int = 0) -> dict[str, Any]:
    """The claims of a token that is ours and has not expired."""
    signed, separator, signature = token.rpartition(".")
    if not separator or signed.count(".") != 1:
        raise TokenError("not three parts")
    accepted = [auth_config.secret(), *auth_config.previous_secrets()]
    given = signature.encode()
    if not any(hmac.compare_digest(_sign(signed, secret).encode(), given) for secret in accepted):
        raise TokenError("bad signature")
    header, payload = (json.loads(_decode(part)) for part in signed.split("."))
    if header != HEADER:
        raise TokenError(f"unexpected header {header}")
    if payload["iss"] != auth_config.issuer():
        raise TokenError(f"issued by {payload['iss']}")
    if payload["exp"] + leeway <= (time.time() if now is None else now):
        raise Expired(f"expired at {payload['exp']}")
    return payload
