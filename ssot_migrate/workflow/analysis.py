"""A plan made anew: rules, profile, targets, analysis, assembly. Loaded only when no plan is remembered."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from ssot_migrate.custom.team import Team
from ssot_migrate.engine.answer_cache import AnswerCache
from ssot_migrate.engine.cache import ScanCache, TableCache
from ssot_migrate.engine.decision import Options
from ssot_migrate.engine.decision_cache import DecisionCache
from ssot_migrate.engine.freed import give_back
from ssot_migrate.engine.inputs import Inputs
from ssot_migrate.engine.progress import Progress
from ssot_migrate.engine.project import days_of
from ssot_migrate.engine.registry import find_rules
from ssot_migrate.engine.run import Analysis, analyse
from ssot_migrate.engine.summing import summed
from ssot_migrate.git.repository import Repository
from ssot_migrate.index.targets import Target
from ssot_migrate.model import Role
from ssot_migrate.plans.model import Plan
from ssot_migrate.profile import Profile, load_profile
from ssot_migrate.runtime.catalog import runtime_paths
from ssot_migrate.transform import Transform
from ssot_migrate.workflow.assemble import assemble
from ssot_migrate.workflow.gather import find_project, targets_of, with_blobs
from ssot_migrate.workflow.memory import Memory


class Analysed(NamedTuple):
    """An analysis, and what it was made with."""

    analysis: Analysis
    rules: tuple[Transform, ...]
    profile: Profile
    targets: Mapping[Role, Target]


def plan_anew(repo: Repository, progress: Progress, memory: Memory, team: Team | None = None) -> Plan:
    """The plan that ``memory``'s request asks for; ``team`` takes the place of what the settings add.

    Raises:
        UsageError: an unknown rule or profile.
        LedgerMismatch: a defect of ours.
    """
    analysis, rules, profile, targets = analysed(repo, progress, memory, team)
    ssot = frozenset((*runtime_paths(), *(target.path for target in targets.values())))
    counted, packed = analysis.counted([rule.slug for rule in rules], ssot), analysis.decisions
    del analysis  # and with it the scans and the index: most of what is held
    give_back()
    return assemble(repo, memory, counted, summed(packed), rules, targets, profile.name)


def analysed(repo: Repository, progress: Progress, memory: Memory, team: Team | None = None) -> Analysed:
    """The analysis that ``memory``'s request asks for.

    Raises:
        UsageError: an unknown rule or profile.
    """
    with _without_collector():
        return _analysed(repo, progress, memory, team)


@contextmanager
def _without_collector() -> Iterator[None]:
    """What is made in here is not gone through for garbage, now or as the process ends: it has no circles."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        gc.freeze()
        if was:
            gc.enable()


def _analysed(repo: Repository, progress: Progress, memory: Memory, team: Team | None) -> Analysed:
    request, settings, inventory = memory.request, memory.settings, memory.inventory
    team = team or Team.of(settings)
    rules = find_rules(request.rules or settings.rules, team)
    profile = load_profile(settings.profile, settings.roles)
    targets = targets_of(repo, inventory, profile, memory.notes)
    analysis = analyse(
        Inputs(
            root=str(repo.work_tree or repo.git_dir),
            items=inventory.items,
            rules=tuple(rule.slug for rule in rules),
            profile=profile,
            targets=targets,
            services=inventory.services,
            markers=tuple(settings.markers),
            options=Options(request.include_review, request.services, settings.policy, request.decisions),
            project=find_project(repo, inventory, settings, memory.notes),
            days=days_of(settings, repo.commit_time(inventory.base)),
            fetch=lambda missing: with_blobs(repo, missing),
            progress=progress,
            scans=ScanCache(memory.store, memory.key, memory.where),
            decisions=DecisionCache(memory.store, memory.name),
            answers=AnswerCache(memory.store, memory.name),
            tables=TableCache(memory.store, memory.name),
            team=team,
            method=request.start_method,
            workers=request.workers,
        )
    )
    return Analysed(analysis, rules, profile, targets)
