"""``verify`` and ``apply --verify``: prove each branch by tests, set aside what breaks them, prove again."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path

import msgspec

from ssot_migrate.decisions import Decision, Ruling, decide, merge
from ssot_migrate.engine.progress import Progress
from ssot_migrate.git.branches import require_base
from ssot_migrate.git.history import merge_base
from ssot_migrate.git.repository import Repository
from ssot_migrate.git.trailers import base_of
from ssot_migrate.model import Frozen
from ssot_migrate.plans.model import Plan
from ssot_migrate.plans.outcome import Branch
from ssot_migrate.verify.model import SetAside, Verification, by_change
from ssot_migrate.workflow.configured import read_settings
from ssot_migrate.workflow.isolating import Isolation, branches_of, planned_again
from ssot_migrate.workflow.proving import Prover, prover
from ssot_migrate.workflow.requests import Request, VerifyRequest

_MOST_ROUNDS = 8


class Verified(Frozen, frozen=True):
    """What ``verify`` found, branch by branch; ``decisions`` set aside what breaks tests.

    ``plan`` is the digest of the plan without those. ``runs`` counts runs of the test command in all,
    ``remembered`` those whose result was known.
    """

    plan: str
    branches: tuple[Verification, ...]
    set_aside: tuple[SetAside, ...] = ()
    decisions: tuple[Decision, ...] = ()
    runs: int = 0
    remembered: int = 0

    @property
    def holds(self) -> bool:
        """Whether all that is left is proven."""
        return all(each.holds for each in self.branches)


def verify_plan(
    plan: Plan, request: Request, verify: VerifyRequest, progress: Progress
) -> tuple[Plan, Verified]:
    """Prove the branches of ``plan``; a plan without the changes that break tests, and what was found.

    No ref is written, and the user's working tree is not touched.

    Raises:
        UsageError: the test command cannot be run.
        PlanStale: the plan's base is not here.
    """
    repo = Repository.open(Path(request.path))
    aside: dict[str, tuple[SetAside, ...]] = {}
    with prover(repo, read_settings(repo), require_base(repo, plan), verify) as tests:
        for _ in range(_MOST_ROUNDS):
            branches = branches_of(repo, plan, request.services)
            found = _compared(tests, branches, progress)
            worse = [(b, v) for b, v in zip(branches, found, strict=True) if v.regressions]
            if not worse or planned_again(plan, request, progress).digest != plan.digest:
                break
            more: list[SetAside] = []
            for branch, verification in worse:
                isolation = Isolation(repo, plan, branch, tests, request, verify.most_runs)
                guilty = isolation.guilty(verification.regressions)
                aside[branch.service] = (*aside.get(branch.service, ()), *guilty)
                more += guilty
            if not more:
                break
            plan = planned_again(plan, request, progress, decisions(plan, more))
    return plan, _verified(plan, found, aside, tests)


def _compared(tests: Prover, branches: Iterable[Branch], progress: Progress) -> list[Verification]:
    made = list(branches)
    if made:
        tests.prepare(branch.commit for branch in made)
    found = []
    for count, branch in enumerate(made, start=1):
        found.append(tests.compared(branch.service, branch.commit))
        progress("verify", count, len(made))
    return found


def decisions(plan: Plan, aside: Iterable[SetAside]) -> tuple[Decision, ...]:
    """What quarantines the changes set ``aside``, for the reason that a test gives."""
    findings = {finding.fingerprint: finding for finding in plan.findings}
    return merge(
        decide(findings[each.fingerprint], Ruling.QUARANTINE, f"set aside by verify: fails {each.test}")
        for each, _ in by_change(aside)
    )


def _verified(
    plan: Plan, found: Sequence[Verification], aside: dict[str, tuple[SetAside, ...]], tests: Prover
) -> Verified:
    away = tuple(each for some in aside.values() for each in some)
    told = _told(found, aside)
    made = tuple(msgspec.structs.replace(each, set_aside=told[each.service]) for each in found)
    return Verified(plan.digest, made, away, decisions(plan, away), tests.runs, tests.remembered)


def _told(
    found: Sequence[Verification], aside: dict[str, tuple[SetAside, ...]]
) -> dict[str, tuple[SetAside, ...]]:
    """By branch what is set aside; the first one tells of services of which no branch is left, too."""
    told = {each.service: aside.get(each.service, ()) for each in found}
    for service, some in aside.items():
        if found and service not in told:
            told[found[0].service] += some
    return told


def verify_branch(ref: str, request: Request, verify: VerifyRequest, progress: Progress) -> Verified:
    """Compare ``ref`` with the base that its plan names, or with what it shares with HEAD.

    Nothing is searched for or set aside: that is done with the plan.

    Raises:
        UsageError: there is no such commit, or the test command cannot be run.
    """
    repo = Repository.open(Path(request.path))
    commit = repo.resolve(ref)
    base = base_of(repo, commit) or merge_base(repo, ref)
    with prover(repo, read_settings(repo), base, verify) as tests:
        found = tests.compared(ref, commit)
        progress("verify", 1, 1)
        return Verified("", (found,), runs=tests.runs, remembered=tests.remembered)
