"""Branches prepared and written in one go, on a record of their own."""

from __future__ import annotations

from collections.abc import Collection

from ssot_migrate.git.branches import prepare_branches, publish
from ssot_migrate.git.journal import Journal
from ssot_migrate.git.repository import Repository
from ssot_migrate.plans.model import Plan
from ssot_migrate.plans.outcome import Branch, Outcome


def write_branches(
    repo: Repository,
    plan: Plan,
    outcome: Outcome,
    services: Collection[str] | None = None,
    *,
    force: bool = False,
) -> tuple[Branch, ...]:
    """The branches of what replaying ``plan`` gave; all of their refs are written, or none."""
    prepared = prepare_branches(repo, plan, outcome, services=services, force=force)
    return publish(repo, plan, prepared, Journal.begin(repo.common_dir, plan.digest))
