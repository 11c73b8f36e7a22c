"""Requests to a forge: retried where that is safe, as slow as it wants, with a token in no message."""

from __future__ import annotations

import random
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

from ssot_migrate.errors import SsotMigrateError, UsageError
from ssot_migrate.fleet.credentials import hidden

if TYPE_CHECKING:
    import httpx

Json = Any
_ATTEMPTS = 6
_FIRST_PAUSE = 0.5
_LONGEST_PAUSE = 60.0
# A forge that asks for more patience than this is asked again in another run.
_PATIENCE = 900.0
_TIMEOUT = 30.0
_SAFE = frozenset({"GET", "PUT", "PATCH"})
_BUSY = frozenset({500, 502, 503, 504})


class ForgeError(SsotMigrateError):
    """A forge that refused; ``status`` is HTTP's, 0 if there was no answer."""

    code = "forge"

    def __init__(self, message: str, *, status: int = 0, details: str = "", hint: str = "") -> None:
        """Keep what the forge said in ``details``."""
        super().__init__(message, hint=hint)
        self.status, self.details = status, details


class Unsure(ForgeError):
    """A request without an answer, which may have been obeyed: look before it is made again."""


class AlreadyThere(ForgeError):
    """A pull request for this branch is open already."""


class Wire:
    """A connection to the API at ``root``."""

    def __init__(self, client: httpx.Client, patience: float = _PATIENCE) -> None:
        """Use ``connected``."""
        self._client, self._patience = client, patience

    def get(self, path: str, **query: str | int) -> Json:
        """The answer's JSON."""
        return self._send("GET", path, query, None)

    def send(self, method: str, path: str, body: Mapping[str, object]) -> Json:
        """The answer's JSON; ``body`` goes as JSON, too."""
        return self._send(method, path, {}, body)

    def _send(
        self, method: str, path: str, query: Mapping[str, str | int], body: Mapping[str, object] | None
    ) -> Json:
        waited = 0.0
        for attempt in range(_ATTEMPTS):
            answer = self._try(method, path, query, body)
            pause = _pause(answer, method, attempt)
            if pause is None:
                return _read(answer, method, path)
            waited += pause
            if waited > self._patience or attempt == _ATTEMPTS - 1:
                break
            time.sleep(pause)
        if isinstance(answer, Exception):
            raise _silent(method, path, answer)
        return _read(answer, method, path)

    def _try(
        self, method: str, path: str, query: Mapping[str, str | int], body: Mapping[str, object] | None
    ) -> httpx.Response | Exception:
        import httpx

        try:
            return self._client.request(method, path, params=dict(query) or None, json=body)
        except httpx.TransportError as error:
            if method not in _SAFE and not isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
                raise _silent(method, path, error) from error
            return error


@contextmanager
def connected(root: str, headers: Mapping[str, str]) -> Iterator[Wire]:
    """A wire to the API at ``root``; redirects are not followed, so no other host sees the headers.

    Raises:
        UsageError: httpx is not installed.
    """
    try:
        import httpx
    except ImportError as error:
        raise UsageError("a forge needs httpx", hint="pip install 'ssot-migrate[forge]'") from error
    agent = {"User-Agent": "ssot-migrate", **headers}
    with httpx.Client(base_url=root, headers=agent, timeout=_TIMEOUT, trust_env=True) as client:
        yield Wire(client)


def _pause(answer: httpx.Response | Exception, method: str, attempt: int) -> float | None:
    """Seconds to wait before the next attempt; None if this answer is the last word."""
    backoff: float = min(_LONGEST_PAUSE, _FIRST_PAUSE * 2**attempt) * random.uniform(0.5, 1.5)
    if isinstance(answer, Exception):
        return backoff
    if _is_limit(answer):
        return _asked_for(answer, backoff) + random.uniform(0, _FIRST_PAUSE)
    if answer.status_code in _BUSY and method in _SAFE:
        return backoff
    return None


def _is_limit(answer: httpx.Response) -> bool:
    """Whether a limit was hit: GitHub says so with 403 or 429, GitLab with 429."""
    if answer.status_code == 429:
        return True
    headers = answer.headers
    spent = headers.get("x-ratelimit-remaining") == "0" or "retry-after" in headers
    return answer.status_code == 403 and (spent or "rate limit" in answer.text.lower())


def _asked_for(answer: httpx.Response, backoff: float) -> float:
    headers = answer.headers
    after: str = headers.get("retry-after", "")
    if after.isdigit():
        return float(after)
    reset: str = headers.get("x-ratelimit-reset") or headers.get("ratelimit-reset", "")
    if reset.isdigit():
        return max(0.0, float(reset) - time.time())
    # GitHub: wait a minute at least where a secondary limit names no time.
    return max(backoff, _LONGEST_PAUSE) if answer.status_code == 403 else backoff


def _read(answer: httpx.Response | Exception, method: str, path: str) -> Json:
    import httpx

    assert isinstance(answer, httpx.Response)
    if answer.status_code in _BUSY and method not in _SAFE:
        raise Unsure(f"{method} {path}: {answer.status_code}", status=answer.status_code)
    if answer.status_code >= 300:
        said = hidden(answer.text[:500])
        hint = "the token may not do this" if answer.status_code in {401, 403, 404} else ""
        message = f"the forge refused {method} {path}: {answer.status_code} {said}"
        raise ForgeError(message, status=answer.status_code, details=said, hint=hint)
    try:
        return answer.json() if answer.content else None
    except ValueError as error:
        raise ForgeError(f"{method} {path}: the answer is no JSON", status=answer.status_code) from error


def _silent(method: str, path: str, error: Exception) -> ForgeError:
    kind = ForgeError if method in _SAFE else Unsure
    return kind(hidden(f"no answer to {method} {path}: {type(error).__name__}: {error}"))
