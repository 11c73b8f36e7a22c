"""Requests to a forge: retried where that is safe, as slow as it wants, with a token in no message."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from typing import TYPE_CHECKING, Any, NamedTuple

from ssot_migrate.errors import UsageError
from ssot_migrate.fleet.credentials import hidden
from ssot_migrate.fleet.forges.errors import ForgeError, Unsure
from ssot_migrate.fleet.forges.patience import BUSY, SAFE, pause

if TYPE_CHECKING:
    import httpx

Json = Any
Row = dict[str, Any]
_ATTEMPTS = 6
# A forge that asks for more patience than this is asked again in another run.
_PATIENCE = 900.0
_TIMEOUT = 30.0
_PAGE = 100


class _Call(NamedTuple):
    method: str
    path: str
    query: Mapping[str, str | int]
    body: Mapping[str, object] | None = None

    @property
    def name(self) -> str:
        return f"{self.method} {self.path}"


class Wire:
    """A connection to the API at one root."""

    def __init__(self, client: httpx.Client, patience: float = _PATIENCE) -> None:
        """Use ``connected``."""
        self._client, self._patience = client, patience

    def get(self, path: str, **query: str | int) -> Json:
        """The answer's JSON."""
        return self._send(_Call("GET", path, query))

    def pages(self, path: str, key: str = "", **query: str | int) -> Iterator[Row]:
        """The rows of a list, or of the list below ``key`` of the answer, on however many pages."""
        for number in count(1):
            answer = self.get(path, per_page=_PAGE, page=number, **query)
            rows = answer[key] if key else answer
            yield from rows
            if len(rows) < _PAGE:
                return

    def send(self, method: str, path: str, body: Mapping[str, object]) -> Json:
        """The answer's JSON; ``body`` goes as JSON, too."""
        return self._send(_Call(method, path, {}, body))

    def _send(self, call: _Call) -> Json:
        waited = 0.0
        for attempt in range(_ATTEMPTS):
            answer = self._try(call)
            wanted = pause(answer, call.method, attempt)
            if wanted is None:
                return _read(answer, call)
            waited += wanted
            if waited > self._patience or attempt == _ATTEMPTS - 1:
                break
            time.sleep(wanted)
        if isinstance(answer, Exception):
            raise _silent(call, answer)
        return _read(answer, call)

    def _try(self, call: _Call) -> httpx.Response | Exception:
        import httpx

        try:
            return self._client.request(
                call.method, call.path, params=dict(call.query) or None, json=call.body
            )
        except httpx.TransportError as error:
            if call.method not in SAFE and not isinstance(error, httpx.ConnectError | httpx.ConnectTimeout):
                raise _silent(call, error) from error
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


def _read(answer: httpx.Response | Exception, call: _Call) -> Json:
    import httpx

    assert isinstance(answer, httpx.Response)
    status = answer.status_code
    if status in BUSY and call.method not in SAFE:
        raise Unsure(f"{call.name}: {status}", status=status)
    if status >= 300:
        said = hidden(answer.text[:500])
        message = f"the forge refused {call.name}: {status} {said}"
        raise ForgeError(message, status=status, details=said, hint=_hint(status))
    try:
        return answer.json() if answer.content else None
    except ValueError as error:
        raise ForgeError(f"{call.name}: the answer is no JSON", status=status) from error


def _hint(status: int) -> str:
    if status < 400:
        return "the repository has moved: use its new URL"
    return "the token may not do this" if status in {401, 403, 404} else ""


def _silent(call: _Call, error: Exception) -> ForgeError:
    kind = ForgeError if call.method in SAFE else Unsure
    return kind(hidden(f"no answer to {call.name}: {type(error).__name__}: {error}"))
