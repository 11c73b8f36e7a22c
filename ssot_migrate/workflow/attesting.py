"""``verify-branch``: derive a branch anew from its base and its plan, and see that it holds nothing else."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from ssot_migrate.engine.progress import Progress
from ssot_migrate.errors import PlanStale, UsageError
from ssot_migrate.git.repository import Repository
from ssot_migrate.git.trailers import Made, commits_between, newest_made
from ssot_migrate.model import Branch, Frozen
from ssot_migrate.plans.clusters import clusters
from ssot_migrate.plans.model import Plan, paths_of
from ssot_migrate.plans.store import load
from ssot_migrate.workflow import make_plan
from ssot_migrate.workflow.isolating import branches_of, planned_again
from ssot_migrate.workflow.kept import place
from ssot_migrate.workflow.requests import Request


class OtherCommit(Frozen, frozen=True):
    """A commit that the plan did not make: its author, subject and files."""

    commit: str
    author: str
    subject: str
    paths: tuple[str, ...]


class Attested(Frozen, frozen=True):
    """What a branch is made of. ``differs`` are paths, or commits, that are not as the plan makes them.

    ``derived``: planning anew on the base gives this very plan, so nobody wrote it by hand. ``others``
    stand on top of the plan's commits. ``clusters`` are what there is to review of its ``files``.
    """

    ref: str
    commit: str
    base: str
    plan: str
    tool: str
    service: str
    commits: int
    files: int
    clusters: int
    derived: bool
    differs: tuple[str, ...] = ()
    others: tuple[OtherCommit, ...] = ()

    @property
    def holds(self) -> bool:
        """Whether all below the other commits is what the rules make of the base, and nothing else."""
        return self.derived and not self.differs


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
    def others(self) -> Sequence[Made]:
        """The commits on top of the plan's."""
        return self.found[len(self.chain) :]


def attest(ref: str, request: Request, progress: Progress, plan_file: str = "") -> Attested:
    """Derive ``ref`` anew and compare.

    Raises:
        UsageError: no commit of this tool is on it.
        PlanStale: the plan that its commits name is not to be had.
    """
    repo = Repository.open(Path(request.path))
    origin = origin_of(repo, ref, request, progress, plan_file)
    base = repo.read_files(origin.plan.base, paths_of(origin.plan.files))
    shapes = clusters(origin.plan, lambda path: base.get(path, (b"", ""))[0])
    mine = {f.fingerprint for f in origin.plan.findings if f.path in set(origin.branch.paths)}
    return Attested(
        ref=ref,
        commit=repo.resolve(ref),
        base=origin.plan.base,
        plan=origin.plan.digest,
        tool=origin.plan.tool,
        service=origin.branch.service,
        commits=len(origin.chain),
        files=len(origin.branch.paths),
        clusters=sum(not mine.isdisjoint(shape.members) for shape in shapes),
        derived=origin.derived,
        differs=_differences(repo, origin),
        others=tuple(_other(repo, made) for made in origin.others),
    )


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
    return _shared(origin), alike, -abs(len(origin.chain) - claimed)


def _shared(origin: Origin) -> int:
    pairs = enumerate(zip(origin.chain, origin.found, strict=False))
    wrong = (at for at, (made, found) in pairs if not _same(made, found))
    return next(wrong, min(len(origin.chain), len(origin.found)))


def _differences(repo: Repository, origin: Origin) -> tuple[str, ...]:
    wrong = origin.differing
    if wrong:
        paths = repo.changes(origin.chain[_shared(origin)].commit, wrong.commit)
        return tuple(sorted(paths)) or (f"the message of {wrong.commit[:12]}",)
    claims = (made for made in origin.others if made.plan)
    return tuple(f"{made.commit[:12]} names the plan, which did not make it" for made in claims)


def _other(repo: Repository, made: Made) -> OtherCommit:
    paths = repo.changes(made.parents[0], made.commit) if made.parents else {}
    return OtherCommit(made.commit, made.author, made.subject, tuple(sorted(paths)))
