"""Waves by what CI says at the forge: a canary, then the rest once it has come through, or no more."""

from __future__ import annotations

import pytest

from yard import Forge

pytestmark = pytest.mark.heavy
CANARY, REST, BASE = "ssot-migrate/app", "ssot-migrate/web", "ssot-migrate/foundation"


def pushed(forge: Forge, share: str = "0.2") -> str:
    """Push by waves, and give what is said of them."""
    done = forge.yard.batch("push", "--wave", share)
    assert done.returncode == 0, done.stderr
    return done.stderr.splitlines()[-1]


@pytest.fixture
def sent(forge: Forge) -> Forge:
    """A forge that has the canary, and CI on what that is based on."""
    forge.yard.batch("plan")
    assert pushed(forge) == "wave 0: sent"
    assert {row["head"] for row in forge.requests} == {CANARY, BASE}
    forge.ci(BASE, "success")
    return forge


def test_waves_need_a_plan(forge: Forge) -> None:
    """There is no order without one."""
    done = forge.yard.batch("push", "--wave", "0.2")
    assert "waves go by the plans" in done.stderr
    assert forge.requests == []


def test_the_rest_goes_when_the_canary_has_come_through(sent: Forge) -> None:
    """CI that is expected and has not spoken, or still runs, is waited for; then the next wave is sent."""
    waiting = "wave 0: 1 of 1 have not come through: 127"
    assert pushed(sent).startswith(waiting)
    for said in ("queued", "waiting") if sent.kind == "github" else ("created", "manual"):
        sent.ci(CANARY, said)
        assert pushed(sent).startswith(waiting)
    assert REST not in sent.yard.branches("one")
    assert "web: held: it waits for its wave" in sent.yard.batch("push", "--wave", "0.2", "--dry-run").stdout
    sent.ci(CANARY, "success")
    assert pushed(sent) == "wave 1: sent"
    assert REST in sent.yard.branches("one")


def test_without_any_ci_nothing_is_waited_for(forge: Forge) -> None:
    """Where not even the base has had CI, what is open has come through."""
    forge.yard.batch("plan")
    pushed(forge)
    assert pushed(forge) == "wave 1: sent"


def test_too_many_failures_stop_it(sent: Forge) -> None:
    """A red canary stops all that come after it, until that share of a wave may fail."""
    sent.ci(CANARY, "failure" if sent.kind == "github" else "failed")
    said = pushed(sent)
    assert said.startswith("wave 0: 1 of 1 failed: 127")
    assert said.endswith("team/one app")
    assert REST not in sent.yard.branches("one")
    assert pushed(sent, "1") == "wave 1: sent"


def test_people_decide_before_ci_does(sent: Forge) -> None:
    """Merged has come through though CI never spoke, closed has failed though it is green."""
    number = next(row["number"] for row in sent.requests if row["head"] == CANARY)
    sent.ci(CANARY, "success")
    sent.close(number)
    assert "1 of 1 failed" in pushed(sent)
    sent.close(number, "merged")
    assert pushed(sent) == "wave 1: sent"


def test_a_forge_that_does_not_say_is_waited_for(sent: Forge) -> None:
    """A token that may not read checks costs the wave, with its reason, and not the run."""
    path = "check-runs$" if sent.kind == "github" else r"merge_requests/\d+$"
    sent.fault("GET", path, status=403, body={"message": "Resource not accessible"})
    said = pushed(sent)
    assert "1 of 1 have not come through" in said
    assert "403" in said
    sent.ci(CANARY, "success")
    assert pushed(sent) == "wave 1: sent"


def test_all_that_ci_says_counts(sent: Forge) -> None:
    """One red run on whichever page, a pending status beside runs; but no pipeline of an old push."""
    if sent.kind == "gitlab":
        sent.ci(CANARY, "success", commit="0" * 40)
        assert "have not come through" in pushed(sent)
        sent.ci(CANARY, "skipped")
        assert "have not come through" in pushed(sent)
        return
    sent.ci(CANARY, "timed_out", "slow")
    for number in range(120):
        sent.ci(CANARY, "skipped" if number % 2 else "neutral", f"run {number}")
    assert "1 of 1 failed" in pushed(sent)
    sent.ci(CANARY, "success", "slow")
    sent.ci(CANARY, "pending", "other", kind="status")
    assert "have not come through" in pushed(sent)
    sent.ci(CANARY, "error", "other", kind="status")
    assert "1 of 1 failed" in pushed(sent)
    sent.ci(CANARY, "success", "other", kind="status")
    assert pushed(sent) == "wave 1: sent"
