"""Which changed files several services stand on: those go into the branch below all others."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import msgspec

from ssot_migrate.engine.decision import FileDecision
from ssot_migrate.plans.model import FilePlan


def file_plans(decisions: Iterable[FileDecision]) -> list[FilePlan]:
    """The plans of all changed files, those that other services' branches count on marked.

    A branch must pass its tests alone: a file that keeps a promise to another service, or
    holds what others use, is foundation, and so is whatever a foundation file counts on.
    """
    changed = [decision for decision in decisions if decision.plan]
    shared = _shared(changed)
    return [
        msgspec.structs.replace(decision.plan, foundation=True) if decision.path in shared else decision.plan
        for decision in changed
        if decision.plan
    ]


def _shared(changed: Sequence[FileDecision]) -> set[str]:
    keepers = {promise: decision for decision in changed for promise in decision.provides}

    def counted_on(decision: FileDecision) -> list[FileDecision]:
        return [keepers[promise] for promise in decision.requires if promise in keepers]

    shared = {decision.path for decision in changed if decision.shared}
    for decision in changed:
        shared |= {keeper.path for keeper in counted_on(decision) if _service(keeper) != _service(decision)}
    queue = [decision for decision in changed if decision.path in shared]
    while queue:
        below = [keeper for keeper in counted_on(queue.pop()) if keeper.path not in shared]
        queue += below
        shared |= {keeper.path for keeper in below}
    return shared


def _service(decision: FileDecision) -> str:
    return decision.plan.service if decision.plan else ""
