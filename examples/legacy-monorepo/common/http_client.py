"""JSON over HTTP with the standard library."""

from __future__ import annotations

import json
import os
import urllib.error
import urllib.request
from typing import Any


class HttpError(Exception):
    """The server answered with an error status."""

    def __init__(self, status: int, body: str):
        super().__init__(f"HTTP {status}: {body[:200]}")
        self.status = status
        self.body = body


def timeout() -> float:
    return float(os.environ.get("HARBOR_HTTP_TIMEOUT", "10"))


def user_agent() -> str:
    release = os.environ["HARBOR_RELEASE"] if "HARBOR_RELEASE" in os.environ else "dev"
    return f"harborline/{release}"


def request_json(method: str, url: str, body: Any = None, headers: dict[str, str] | None = None) -> Any:
    """Send ``body`` as JSON and return the decoded answer, or ``None`` for an empty one."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(url, data=data, method=method, headers={
        "Content-Type": "application/json",
        "User-Agent": user_agent(),
        **(headers or {}),
    })
    try:
        with urllib.request.urlopen(request, timeout=timeout()) as answer:
            text = answer.read().decode()
    except urllib.error.HTTPError as error:
        raise HttpError(error.code, error.read().decode(errors="replace")) from error
    return json.loads(text) if text else None
