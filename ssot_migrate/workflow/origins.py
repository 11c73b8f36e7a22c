"""A branch taken apart: the plan whose branch it is, made or found, and its commits."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from ssot_migrate.engine.progress import Progress
from ssot_migrate.errors import PlanStale, UsageError
from ssot_migrate.git.repository import Repository
from ssot_migrate.git.trailers import Made, commits_between, newest_made
from ssot_migrate.plans.model import Plan
from ssot_migrate.plans.outcome import Branch
from ssot_migrate.plans.store import load
from ssot_migrate.workflow import make_plan
from ssot_migrate.workflow.isolating import branches_of, planned_again
from ssot_migrate.workflow.kept import place
from ssot_migrate.workflow.requests import Request


class Origin(NamedTuple):
    """A branch taken apart: its plan, the derived branch that it is one of, and all of its commits."""

    plan: Plan
    derived: bool
    branch: Branch
    chain: Sequence[Made]
    found: Sequence[Made]

    @property
    def differing(self) -> Made | None:
        """The first commit that is not as the plan makes it; None if all of the plan's are."""
        pairs = zip(self.chain, self.found, strict=False)
        wrong = next((found for made, found in pairs if not _same(made, found)), None)
        short = len(self.found) < len(self.chain)
        return wrong or (self.found[-1] if short and self.found else None)

    @property
    def shared(self) -> int:
        """How many of the first commits are as the plan makes them."""
        pairs = enumerate(zip(self.chain, self.found, strict=False))
        wrong = (at for at, (made, found) in pairs if not _same(made, found))
        return next(wrong, min(len(self.chain), len(self.found)))

    @property
    def others(self) -> Sequence[Made]:
        """The commits on top of the plan's."""
        return self.found[len(self.chain) :]


def origin_of(
    repo: Repository, ref: str, request: Request, progress: Progress, plan_file: str = ""
) -> Origin:
    """Take a branch apart.

    Raises:
        UsageError: no commit of this tool is on it.
        PlanStale: the plan that its commits name is not to be had.
    """
    commit = repo.resolve(ref)
    newest = newest_made(repo, commit)
    if newest is None:
        raise UsageError(f"{ref} has no commit of this tool", hint="name a branch that `apply` wrote")
    repo.resolve(newest.base)
    plan, derived = find_plan(repo, newest, plan_file, request, progress)
    found = commits_between(repo, plan.base, commit)
    origins = [
        Origin(plan, derived, branch, commits_between(repo, plan.base, branch.commit), found)
        for branch in branches_of(repo, plan, request.services)
    ]
    if not origins:
        raise UsageError(f"the plan of {ref} makes no branch", hint="look at it: `git show`")
    return max(origins, key=_likeness)


def find_plan(
    repo: Repository, newest: Made, file: str, request: Request, progress: Progress
) -> tuple[Plan, bool]:
    """The plan that a commit names, from ``file``, as kept, or made anew; and if making it anew agrees.

    Raises:
        PlanStale: none of these is the plan.
        PlanTampered: the file is not what ``plan`` wrote.
    """
    kept = place(repo, newest.plan)
    known = load(Path(file) if file else kept) if file or kept.is_file() else None
    again = (
        planned_again(known, request, progress)
        if known
        else make_plan(msgspec.structs.replace(request, revision=newest.base), progress)
    )
    plan = known or again
    if plan.digest != newest.plan:
        where = file or "planning anew with these options"
        hint = "give the plan with --plan FILE, or the options and decisions that it was made with"
        raise PlanStale(f"{where} gives the plan {plan.digest[:12]}, not {newest.plan[:12]}", hint=hint)
    return plan, again.digest == plan.digest


def _same(made: Made, found: Made) -> bool:
    return made.tree == found.tree and made.message.strip() == found.message.strip()


def _likeness(origin: Origin) -> tuple[int, int, int]:
    """How much of a derived branch is there: commits that are the same, messages, and their number."""
    pairs = zip(origin.chain, origin.found, strict=False)
    alike = sum(made.message.strip() == found.message.strip() for made, found in pairs)
    claimed = sum(bool(made.plan) for made in origin.found)
    return origin.shared, alike, -abs(len(origin.chain) - claimed)
