"""How long to wait before a request is made again: as forges document their limits, else with jitter."""

from __future__ import annotations

import random
import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import httpx

SAFE = frozenset({"GET", "PUT", "PATCH"})
"""Methods of requests that may be made twice."""
BUSY = frozenset({500, 502, 503, 504})
"""What gateways and servers say that may answer in a moment."""
_FIRST_PAUSE = 0.5
_MINUTE = 60.0


def pause(answer: httpx.Response | Exception, method: str, attempt: int) -> float | None:
    """Seconds to wait before the next attempt; None if this answer is the last word."""
    backoff: float = min(_MINUTE, _FIRST_PAUSE * 2**attempt) * random.uniform(0.5, 1.5)
    if isinstance(answer, Exception):
        return backoff
    if _is_limit(answer):
        return _asked_for(answer, attempt) + random.uniform(0, _FIRST_PAUSE)
    if answer.status_code in BUSY and method in SAFE:
        return backoff
    return None


def _is_limit(answer: httpx.Response) -> bool:
    """Whether a limit was hit: GitHub says so with 403 or 429, GitLab with 429."""
    if answer.status_code == 429:
        return True
    told = _is_spent(answer) or "retry-after" in answer.headers or "rate limit" in answer.text.lower()
    return answer.status_code == 403 and told


def _is_spent(answer: httpx.Response) -> bool:
    headers = answer.headers
    return "0" in (headers.get("x-ratelimit-remaining"), headers.get("ratelimit-remaining"))


def _asked_for(answer: httpx.Response, attempt: int) -> float:
    """What the forge names, else what GitHub asks for: a minute at least, and longer each time.

    The time at which the hour's requests are reset, which all answers carry, is meant only if they are spent.
    """
    headers = answer.headers
    after: str = headers.get("retry-after", "")
    if after.isdigit():
        return float(after)
    reset: str = headers.get("x-ratelimit-reset") or headers.get("ratelimit-reset", "")
    if reset.isdigit() and _is_spent(answer):
        return max(0.0, float(reset) - time.time())
    return _MINUTE * 2.0**attempt
