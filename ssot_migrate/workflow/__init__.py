"""The whole program in one page: what ``plan``, ``apply`` and ``diff`` do, step by step."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from ssot_migrate.engine.decide import Options
from ssot_migrate.engine.registry import find_rules
from ssot_migrate.engine.run import Inputs, Progress, analyse
from ssot_migrate.git.branches import write_branches
from ssot_migrate.git.inplace import apply_in_place
from ssot_migrate.git.repository import Repository
from ssot_migrate.model import Branch
from ssot_migrate.plans.apply import replay
from ssot_migrate.plans.model import Plan
from ssot_migrate.profile import load_profile
from ssot_migrate.reports.folder import default_folder, write_reports
from ssot_migrate.reports.summary import Rest, summarise
from ssot_migrate.reports.unified import unified
from ssot_migrate.workflow.assemble import assemble
from ssot_migrate.workflow.gather import (
    check_services,
    find_project,
    read_settings,
    take_inventory,
    targets_of,
    with_blobs,
)
from ssot_migrate.workflow.memory import Memory
from ssot_migrate.workflow.requests import Applied, Request, Written

__all__ = ["Applied", "Request", "Written", "apply_plan", "make_plan", "unified_diff"]


def make_plan(request: Request, progress: Progress) -> Plan:
    """A sealed plan for the commit that HEAD names; writes nothing but caches."""
    repo = Repository.open(Path(request.path))
    settings = read_settings(repo)
    inventory = take_inventory(repo, settings)
    check_services(request.services, inventory.services.values())
    memory = Memory.of(repo.common_dir, request, settings, inventory)
    return memory.plan() or memory.keep(_planned(repo, request, progress, memory))


def _planned(repo: Repository, request: Request, progress: Progress, memory: Memory) -> Plan:
    settings, inventory = memory.settings, memory.inventory
    rules = find_rules(request.rules or settings.rules)
    profile = load_profile(settings.profile, settings.roles)
    targets = targets_of(repo, inventory, profile)
    analysis = analyse(
        Inputs(
            root=str(repo.work_tree or repo.git_dir),
            items=inventory.items,
            rules=tuple(rule.slug for rule in rules),
            profile=profile,
            targets=targets,
            services=inventory.services,
            markers=tuple(settings.markers),
            options=Options(request.include_review, request.services, settings.policy),
            project=find_project(repo, inventory, settings),
            fetch=lambda missing: with_blobs(repo, missing),
            progress=progress,
            cache=memory.scans(),
            method=request.start_method,
            workers=request.workers,
        )
    )
    return assemble(inventory, analysis, rules, targets, profile.name)


def apply_plan(
    plan: Plan, request: Request, *, in_place: bool = False, report: Path | None = None, force: bool = False
) -> Applied:
    """Replay a sealed plan onto branches, or onto the working tree.

    Raises:
        PlanTampered, PlanStale, Refused: nothing was written.
    """
    repo = Repository.open(Path(request.path))
    services = frozenset(request.services) or None
    base = repo.read_files(repo.head_commit(), {file.path for file in plan.files})
    outcome = replay(plan, base.get, services)
    if in_place:
        return Applied(plan.digest, written=apply_in_place(repo, outcome.applied), stale=outcome.stale)
    if not outcome.applied:
        return Applied(plan.digest, stale=outcome.stale)
    branches = write_branches(repo, plan, outcome, services=services, force=force)
    folder = report or default_folder(Path(repo.common_dir), plan.digest)
    owners = {finding.path: finding.service for finding in plan.findings}
    rest = Rest(owners, outcome.stale, branches)
    written = tuple(_report(repo, plan, branch, rest, folder) for branch in branches)
    return Applied(plan.digest, written, stale=outcome.stale)


def _report(repo: Repository, plan: Plan, branch: Branch, rest: Rest, folder: Path) -> Written:
    diff = repo.diff(branch.parent, branch.commit)
    return Written(branch, str(write_reports(folder, summarise(plan, branch, rest), diff)))


def unified_diff(plan: Plan, path: str, services: Sequence[str] = ()) -> Iterator[bytes]:
    """The plan as a unified diff, file by file."""
    repo = Repository.open(Path(path))
    files = [file for file in plan.files if not services or file.foundation or file.service in services]
    base = repo.read_files(plan.base, {file.path for file in files})
    for file in files:
        yield unified(file, base[file.path][0] if file.before else b"")
