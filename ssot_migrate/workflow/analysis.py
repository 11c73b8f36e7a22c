"""A plan made anew: rules, profile, targets, analysis, assembly. Loaded only when no plan is remembered."""

from __future__ import annotations

from ssot_migrate.engine.cache import DecisionCache, ScanCache
from ssot_migrate.engine.decide import Options
from ssot_migrate.engine.inputs import Inputs
from ssot_migrate.engine.progress import Progress
from ssot_migrate.engine.registry import find_rules
from ssot_migrate.engine.run import analyse
from ssot_migrate.git.repository import Repository
from ssot_migrate.plans.model import Plan
from ssot_migrate.profile import load_profile
from ssot_migrate.workflow.assemble import assemble
from ssot_migrate.workflow.gather import find_project, targets_of, with_blobs
from ssot_migrate.workflow.memory import Memory


def plan_anew(repo: Repository, progress: Progress, memory: Memory) -> Plan:
    """The plan that ``memory``'s request asks for.

    Raises:
        UsageError: an unknown rule or profile.
        LedgerMismatch: a defect of ours.
    """
    request, settings, inventory = memory.request, memory.settings, memory.inventory
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
            options=Options(request.include_review, request.services, settings.policy, request.decisions),
            project=find_project(repo, inventory, settings),
            fetch=lambda missing: with_blobs(repo, missing),
            progress=progress,
            scans=ScanCache(memory.store, memory.key, memory.where),
            decisions=DecisionCache(memory.store, memory.name),
            method=request.start_method,
            workers=request.workers,
        )
    )
    return assemble(repo, inventory, analysis, rules, targets, profile.name, request)
