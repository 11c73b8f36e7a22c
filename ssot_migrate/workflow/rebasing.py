"""``apply --rebase``: a branch made anew on the base of today, with its decisions and people's commits."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from ssot_migrate.decisions import merge
from ssot_migrate.engine.progress import Progress
from ssot_migrate.errors import Refused
from ssot_migrate.git import history
from ssot_migrate.git.branches import Prepared, publish
from ssot_migrate.git.carrying import carry
from ssot_migrate.git.journal import Journal
from ssot_migrate.git.names import FOUNDATION, NAMESPACE, full_ref
from ssot_migrate.git.refs import Ref, RefUpdate, read_refs
from ssot_migrate.git.repository import Repository
from ssot_migrate.model import Frozen
from ssot_migrate.plans.model import Plan, paths_of
from ssot_migrate.plans.outcome import Branch
from ssot_migrate.reports.folder import default_folder
from ssot_migrate.reports.summary import Rest
from ssot_migrate.verify.model import Verification
from ssot_migrate.workflow import make_plan
from ssot_migrate.workflow.applied import Written
from ssot_migrate.workflow.isolating import branches_of
from ssot_migrate.workflow.kept import keep_plan
from ssot_migrate.workflow.origins import Origin, origin_of
from ssot_migrate.workflow.pages import rule_pages
from ssot_migrate.workflow.reporting import write_all
from ssot_migrate.workflow.requests import Request
from ssot_migrate.workflow.since import Since, since


class Rebasing(NamedTuple):
    """A branch on its way: what it was made of, under which name it stands, and its new plan."""

    ref: Ref
    origin: Origin
    plan: Plan

    @property
    def service(self) -> str:
        """Whose branch it is."""
        return self.origin.branch.service


class Rebased(Frozen, frozen=True):
    """The branch as it stands now; ``carried`` commits of people came along, ``merges`` were not needed."""

    written: Written
    plan: str
    since: Since
    carried: int = 0
    merges: int = 0
    others: tuple[str, ...] = ()


def plan_rebase(name: str, request: Request, progress: Progress, plan_file: str = "") -> Rebasing:
    """Plan the branch ``name`` anew on HEAD, as its plan was asked for, under its decisions and newer ones.

    Raises:
        UsageError: no commit of this tool is on it.
        PlanStale: its plan is not to be had.
        Refused: it is no local branch, is checked out, or its plan's commits are not as the plan makes them.
    """
    repo = Repository.open(Path(request.path))
    found = read_refs(repo.git, "refs/heads/").get(full_ref(name))
    if found is None:
        raise Refused(f"{name} is no local branch", hint="`git branch` lists them")
    if found.checked_out:
        hint = f"switch that working tree to another branch: {found.checked_out}"
        raise Refused(f"the branch {name} is checked out and would change", hint=hint)
    origin = origin_of(repo, found.commit, request, progress, plan_file)
    if origin.differing:
        hint = f"`ssot-migrate verify-branch {name}` tells what; rebase it with git"
        raise Refused(f"the commits of {name} are not those of its plan", hint=hint)
    asked = origin.plan.asked
    again = msgspec.structs.replace(
        request,
        services=asked.services,
        rules=asked.rules,
        include_review=asked.include_review or request.include_review,
        decisions=merge(origin.plan.decisions, request.decisions),
    )
    return Rebasing(found, origin, make_plan(again, progress))


def rebase(
    rebasing: Rebasing,
    plan: Plan,
    request: Request,
    *,
    report: Path | None = None,
    proofs: Sequence[Verification] = (),
) -> Rebased:
    """Move the branch to what ``plan`` makes, with people's commits on top. All refs are written, or none.

    The branch below it moves along if nobody has committed to it.

    Raises:
        Refused: a commit of somebody does not fit; nothing was written.
    """
    repo = Repository.open(Path(request.path))
    services = () if rebasing.service == FOUNDATION else (rebasing.service,)
    made = branches_of(repo, plan, services)
    own = next((branch for branch in made if branch.service == rebasing.service), None)
    below = own.commit if own else made[0].commit if made else plan.base
    others, merges = _people(repo, rebasing.origin, plan.base)
    tip = carry(repo, others, below)
    paths = own.paths if own else ()
    branch = Branch(rebasing.service, rebasing.ref.name, tip, own.parent if own else below, paths)
    moves = [RefUpdate(rebasing.ref.name, tip, rebasing.ref.commit), *_foundation(repo, rebasing, made)]
    updates = tuple(update for update in moves if update.new != update.old)
    journal = Journal.begin(repo.common_dir, plan.digest)
    publish(repo, plan, Prepared((branch,), updates), journal)
    keep_plan(repo, plan, journal)
    folder = report or default_folder(Path(repo.common_dir), plan.digest)
    texts = repo.read_files(plan.base, paths_of(plan.files))
    rest = Rest(branches=(branch,), proofs=proofs)
    pages = rule_pages(request.path, request.trust)

    def diff(own: Branch) -> bytes:
        return history.diff(repo, own.parent, own.commit)

    (written,) = write_all(
        plan, rest, lambda path: texts[path][0], folder, journal.announce, pages, diff if others else None
    )
    beside = tuple(update.name for update in updates if update.name != branch.ref)
    return Rebased(written, plan.digest, since(repo, rebasing.origin, plan), len(others), merges, beside)


def _people(repo: Repository, origin: Origin, base: str) -> tuple[list[str], int]:
    """People's commits to carry over, and how many merges of what the new base has are not needed."""
    carried, merges = [], 0
    for made in origin.others:
        if len(made.parents) < 2:
            carried.append(made.commit)
        elif repo.git.succeeds("merge-base", "--is-ancestor", made.parents[1], base):
            merges += 1
        else:
            hint = "merge that branch into the new base first, or rebase this one with git"
            raise Refused(f"commit {made.commit[:12]} merges what the new base does not have", hint=hint)
    return carried, merges


def _foundation(repo: Repository, rebasing: Rebasing, made: Sequence[Branch]) -> Iterator[RefUpdate]:
    """The move of the branch below, which is found by its commit; its name may be that of an older plan."""
    origin = rebasing.origin
    new = next((branch.commit for branch in made if branch.service == FOUNDATION), "")
    pairs = zip(origin.chain, origin.found, strict=False)
    old = next((found.commit for made, found in pairs if made.commit == origin.branch.parent), "")
    if rebasing.service == FOUNDATION or not new or not old:
        return
    for ref in read_refs(repo.git, NAMESPACE).values():
        if ref.commit == old and not ref.checked_out:
            yield RefUpdate(ref.name, new, ref.commit)
