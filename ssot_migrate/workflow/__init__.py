"""The whole program in one page: what ``plan``, ``apply`` and ``diff`` do, step by step.

What one step alone needs is loaded by it: a plan of a repository in which nothing has changed takes little.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import msgspec

from ssot_migrate.custom.extension import permit
from ssot_migrate.engine.progress import Progress
from ssot_migrate.git.repository import Repository
from ssot_migrate.plans.model import Plan, paths_of
from ssot_migrate.settings import Settings
from ssot_migrate.workflow.configured import read_settings
from ssot_migrate.workflow.requests import Request, VerifyRequest

if TYPE_CHECKING:
    from ssot_migrate.plans.outcome import Forecast
    from ssot_migrate.reports.sarif import Read
    from ssot_migrate.verify.model import Verification
    from ssot_migrate.workflow.applied import Applied
    from ssot_migrate.workflow.memory import Memory

__all__ = [
    "Request",
    "VerifyRequest",
    "apply_plan",
    "base_texts",
    "foresee",
    "make_plan",
    "packed_plan",
    "recall",
    "unified_diff",
]


def make_plan(request: Request, progress: Progress, settings: Settings | None = None) -> Plan:
    """A sealed plan for the commit that HEAD names; writes nothing but caches.

    ``settings`` take the place of the repository's own.
    """
    plan = packed_plan(request, progress, settings)
    return msgspec.structs.replace(plan, findings=tuple(plan.findings))


def packed_plan(request: Request, progress: Progress, settings: Settings | None = None) -> Plan:
    """The same, but its findings are made anew whenever somebody goes through them, and never all held."""
    repo = Repository.open(Path(request.path))
    memory = recall(repo, request, settings or read_settings(repo, request.profile))
    if known := memory.plan():
        return known
    from ssot_migrate.workflow.analysis import plan_anew

    return memory.keep(plan_anew(repo, progress, memory))


def recall(repo: Repository, request: Request, settings: Settings) -> Memory:
    """The files that ``request`` is about, and what is remembered of them.

    Raises:
        UsageError: no such revision or service.
        Refused: the settings name a package whose code nobody has agreed to run.
    """
    from ssot_migrate.workflow.memory import Memory

    permit(settings.extend, request.trust, Path(repo.work_tree or repo.git_dir))
    return Memory(repo, request, settings)


def apply_plan(
    plan: Plan,
    request: Request,
    *,
    in_place: bool = False,
    report: Path | None = None,
    force: bool = False,
    resume: bool = False,
    proofs: Sequence[Verification] = (),
) -> Applied:
    """Replay a sealed plan onto branches, or onto the working tree; reports show what ``proofs`` say.

    ``resume`` does what is left of an interrupted run.

    Raises:
        PlanTampered, PlanStale, Refused: nothing was written.
        UsageError: there is nothing to resume.
    """
    from ssot_migrate.git.branches import prepare_branches, publish
    from ssot_migrate.git.forecast import forecast
    from ssot_migrate.git.inplace import apply_in_place
    from ssot_migrate.git.journal import Journal
    from ssot_migrate.plans.apply import replay
    from ssot_migrate.reports.folder import default_folder
    from ssot_migrate.reports.summary import Rest
    from ssot_migrate.workflow.applied import Applied
    from ssot_migrate.workflow.kept import keep_plan
    from ssot_migrate.workflow.pages import rule_pages
    from ssot_migrate.workflow.reporting import write_all

    repo = Repository.open(Path(request.path))
    services = frozenset(request.services) or None
    base = repo.read_files(repo.head_commit(), paths_of(plan.files))
    outcome = replay(plan, base.get, services)
    begin = Journal.resume if resume else Journal.begin
    journal = begin(repo.common_dir, plan.digest, in_place=in_place)
    if in_place:
        written = apply_in_place(repo, outcome.applied, journal, resume=resume)
        journal.finish()
        return Applied(plan.digest, written=written, stale=outcome.stale)
    if not outcome.applied:
        return Applied(plan.digest, stale=outcome.stale)
    prepared = prepare_branches(repo, plan, outcome, services=services, force=force)
    if not (prepared.updates or resume):
        journal = Journal.again(repo.common_dir, plan.digest)
    foreseen = forecast(repo, plan.base, prepared.branches)
    branches = publish(repo, plan, prepared, journal)
    keep_plan(repo, plan, journal)
    folder = report or default_folder(Path(repo.common_dir), plan.digest)
    rest = Rest({}, outcome.stale, branches, foreseen.conflicts, proofs=proofs)
    texts = {name: data for name, (data, _) in base.items()}
    pages = rule_pages(request.path, request.trust)
    done = tuple(write_all(plan, rest, texts.__getitem__, folder, journal.announce, pages))
    journal.finish()
    return Applied(plan.digest, done, stale=outcome.stale, foreseen=foreseen)


def foresee(plan: Plan, request: Request) -> Forecast:
    """Conflicts that the branches of ``plan`` would have with other people's; no ref is written.

    Raises:
        PlanTampered, PlanStale: as for ``apply_plan``.
    """
    from ssot_migrate.git.branches import prepare_branches, require_base
    from ssot_migrate.git.forecast import forecast
    from ssot_migrate.plans.apply import replay

    repo = Repository.open(Path(request.path))
    services = frozenset(request.services) or None
    base = repo.read_files(require_base(repo, plan), paths_of(plan.files))
    outcome = replay(plan, base.get, services)
    prepared = prepare_branches(repo, plan, outcome, services=services, force=True)
    return forecast(repo, plan.base, prepared.branches)


def base_texts(commit: str | None, path: str) -> Read:
    """What reads the bytes that files have at ``commit`` (None: in the index)."""
    repo = Repository.open(Path(path))
    return lambda paths: {name: data for name, (data, _) in repo.read_files(commit, paths).items()}


def unified_diff(plan: Plan, path: str, services: Sequence[str] = ()) -> Iterator[bytes]:
    """The plan as a unified diff, file by file.

    Raises:
        PlanStale: the plan's base is not here.
    """
    from ssot_migrate.git.branches import require_base
    from ssot_migrate.reports.lined import Lined
    from ssot_migrate.reports.unified import unified

    repo = Repository.open(Path(path))
    files = [file for file in plan.files if not services or file.foundation or file.service in services]
    base = repo.read_files(require_base(repo, plan), paths_of(files))
    for file in files:
        yield unified(file, Lined(base[file.path][0] if file.before else b""))
