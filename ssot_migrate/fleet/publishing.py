"""The last stage of a unit: which branches go out, pushed under a lease, each with one pull request."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack
from typing import NamedTuple

import msgspec

from ssot_migrate.fleet.credentials import hidden
from ssot_migrate.fleet.forges.model import Proposal
from ssot_migrate.fleet.forges.opening import opened
from ssot_migrate.fleet.model import Job, Outcome, Pushed, Result, Verdict
from ssot_migrate.fleet.proposing import Requests, proposal_of, stacked
from ssot_migrate.fleet.pushing import intent, is_wanted, look, named, push_all, require_published
from ssot_migrate.fleet.sources import Checkout
from ssot_migrate.git.remote import RemoteUpdate
from ssot_migrate.git.repository import Repository
from ssot_migrate.plans.model import Plan
from ssot_migrate.workflow.gather import codeowners_at

_THERE = frozenset({Verdict.DONE, Verdict.NOTHING})


class _Ready(NamedTuple):
    """Branches to push, and why others stay; without a forge there are no ``requests``."""

    updates: dict[str, RemoteUpdate]
    outcomes: dict[str, Outcome]
    requests: Requests | None = None


def publish(job: Job, checkout: Checkout, plan: Plan, result: Result) -> Result:
    """Push those of the result's branches that the job names, propose them, and say of each how it went.

    Raises:
        SsotMigrateError: remote or forge cannot be reached.
    """
    remote = look(job, checkout)
    require_published(remote, plan)
    branches = [named(branch, result.branches, remote) for branch in result.branches]
    wanted = [branch for branch in branches if is_wanted(branch, branches, job.only)]
    with ExitStack() as stack:
        forge = job.unit.forge
        service = stack.enter_context(opened(forge, checkout.url)) if forge else None
        requests = Requests(service, wanted) if service else None
        held = dict(_held(wanted, requests, job.may_open))
        intents = {
            branch.service: intent(branch, remote, job.pushed.get(branch.service, ""))
            for branch in wanted
            if branch.service not in held
        }
        ready = _Ready(
            {name: it for name, it in intents.items() if isinstance(it, RemoteUpdate)},
            held | {name: it for name, it in intents.items() if isinstance(it, Outcome)},
            requests,
        )
        pushed = {} if job.dry else push_all(remote, ready.updates)
        outcomes = ready.outcomes | pushed
        owners = codeowners_at(Repository.open(checkout.path), plan.base) if forge else ""
        done = [
            _settled(job, branch, ready, outcomes.get(branch.service, Outcome(Verdict.DONE)), owners)
            for branch in wanted
        ]
    later = [_waits(branch) for branch in branches if branch not in wanted]
    shown = tuple(msgspec.structs.replace(branch, url=hidden(checkout.url)) for branch in (*done, *later))
    return msgspec.structs.replace(result, branches=shown, outcome=overall(b.outcome for b in shown))


def _waits(branch: Pushed) -> Pushed:
    return msgspec.structs.replace(branch, outcome=Outcome(Verdict.HELD, "it waits for its wave"))


def overall(outcomes: Iterable[Outcome]) -> Outcome:
    """The worst of what its branches came to is what a unit came to."""
    rank = (Verdict.FAILED, Verdict.HELD, Verdict.DONE, Verdict.NOTHING)
    return min(outcomes, key=lambda outcome: rank.index(outcome.verdict), default=Outcome(Verdict.NOTHING))


def _held(
    branches: Sequence[Pushed], requests: Requests | None, may_open: int | None
) -> Iterator[tuple[str, Outcome]]:
    """Branches that stay here: closed by a person, one too many, or stacked on one of those."""
    if requests is None:
        return
    held: dict[str, Outcome] = {}
    for branch in branches:
        if hindrance := requests.hindrance(branch):
            held[branch.service] = hindrance
        elif may_open is not None and requests.is_new(branch):
            may_open -= 1
            if may_open < 0:
                held[branch.service] = Outcome(Verdict.HELD, "enough pull requests are open")
    yield from held.items()
    yield from stacked(branches, held)


def _settled(job: Job, branch: Pushed, ready: _Ready, outcome: Outcome, owners: str) -> Pushed:
    """A branch with its pull request, if it is at the remote."""
    branch = msgspec.structs.replace(branch, outcome=outcome)
    forge, requests = job.unit.forge, ready.requests
    proposal = proposal_of(branch, forge, owners) if forge else None
    if job.dry:
        return msgspec.structs.replace(branch, sent=tuple(_would_send(branch, ready, proposal)))
    if outcome.verdict not in _THERE or requests is None or proposal is None:
        return branch
    return requests.settle(branch, proposal)


def _would_send(branch: Pushed, ready: _Ready, proposal: Proposal | None) -> Iterator[str]:
    if update := ready.updates.get(branch.service):
        yield f"push {update.commit[:12]} to {branch.branch} ({update.expected[:12] or 'new'})"
    if ready.requests is None or proposal is None or branch.outcome.verdict not in _THERE:
        return
    if ready.requests.is_new(branch):
        extra = f"labels {list(proposal.labels)}, reviewers {list(proposal.reviewers)}"
        what = "a draft" if proposal.draft else "a pull request"
        size = f"{len(proposal.body)} characters"
        yield f"open {what} into {proposal.base}: {proposal.title!r}, {extra}, {size}"
    elif update:
        yield f"refresh the pull request of {branch.branch}"
