"""How long a forge is waited for: by the answers that GitHub and GitLab document for their limits."""

from __future__ import annotations

import time

import httpx
import pytest

from ssot_migrate.fleet.forges.patience import pause

SECONDARY = "You have exceeded a secondary rate limit. Please wait a few minutes before you try again."
# All answers carry when the hour's requests are reset; that does not concern a secondary limit.
HOUR = {"x-ratelimit-remaining": "4000", "x-ratelimit-reset": str(int(time.time()) + 3600)}


@pytest.mark.parametrize(
    ("answer", "attempt", "least", "most"),
    [
        (httpx.Response(403, headers={**HOUR, "retry-after": "7"}, text=SECONDARY), 0, 7, 8),
        (httpx.Response(403, headers=HOUR, text=SECONDARY), 0, 60, 61),
        (httpx.Response(429, headers=HOUR, text=SECONDARY), 2, 240, 241),
        (httpx.Response(429, headers={"retry-after": "30", "ratelimit-remaining": "0"}), 0, 30, 31),
        (httpx.Response(502), 1, 0.5, 1.5),
        (httpx.ReadTimeout("slow"), 0, 0.25, 0.75),
    ],
)
def test_pauses_are_as_long_as_asked_for(
    answer: httpx.Response | Exception, attempt: int, least: float, most: float
) -> None:
    """What is named is kept to; a secondary limit without a time takes a minute, and longer each time."""
    wanted = pause(answer, "GET", attempt)
    assert wanted is not None
    assert least <= wanted <= most


def test_a_spent_hour_is_waited_for() -> None:
    """Until the requests are reset, whose moment the answer names."""
    spent = {"x-ratelimit-remaining": "0", "x-ratelimit-reset": str(int(time.time()) + 300)}
    wanted = pause(httpx.Response(403, headers=spent, text="API rate limit exceeded"), "GET", 0)
    assert wanted is not None
    assert 200 <= wanted <= 301


@pytest.mark.parametrize(
    ("answer", "method"),
    [
        (httpx.Response(200), "GET"),
        (httpx.Response(403, headers=HOUR, text="Resource not accessible by integration"), "GET"),
        (httpx.Response(422), "POST"),
        (httpx.Response(502), "POST"),
    ],
)
def test_a_last_word_is_not_waited_for(answer: httpx.Response, method: str) -> None:
    """A refusal, an answer, and a request that may have been obeyed are not made again."""
    assert pause(answer, method, 0) is None
