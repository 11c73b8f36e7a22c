"""Decisions of people and of ``verify``: verdicts on changes that they overrule."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from ssot_migrate.decisions import Decision, Ruling
from ssot_migrate.engine.verdicts import Verdict
from ssot_migrate.findings import State

_WITHDRAWN = {
    Ruling.REJECT: (State.REJECTED, "rejected in review"),
    Ruling.QUARANTINE: (State.QUARANTINED, "set aside: tests fail with this change"),
}


def steering(decisions: Iterable[Decision]) -> dict[str, dict[str, Decision]]:
    """``decisions`` by what they are looked up by."""
    found: dict[str, dict[str, Decision]] = {}
    for decision in decisions:
        found.setdefault(decision.path, {})[decision.fingerprint] = decision
    return found


def steered(verdict: Verdict, decision: Decision | None, denied: Collection[str]) -> Verdict:
    """``verdict`` as ``decision`` wants it; accepting makes no change that counts on a ``denied`` promise."""
    if decision is None or verdict.change is None:
        return verdict
    if decision.ruling is Ruling.ACCEPT:
        unkept = any(promise in denied for promise in verdict.change.requires)
        return verdict if unkept else verdict._replace(state=State.CHANGED)
    state, message = _WITHDRAWN[decision.ruling]
    return verdict._replace(change=None, state=state, message=decision.reason or message)
