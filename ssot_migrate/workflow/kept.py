"""Plans that were applied, kept beside git's own data, so that a branch's plan is found by its name."""

from __future__ import annotations

from pathlib import Path

from ssot_migrate.atomic import write_atomically
from ssot_migrate.errors import UsageError
from ssot_migrate.git.journal import Journal
from ssot_migrate.git.repository import Repository
from ssot_migrate.plans.model import Plan
from ssot_migrate.plans.store import dump


def keep_plan(repo: Repository, plan: Plan, journal: Journal) -> None:
    """Keep ``plan``, on record in ``journal``.

    Raises:
        UsageError: it cannot be written.
    """
    path, data = place(repo, plan.digest), dump(plan) + b"\n"
    journal.announce({path: data})
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(path, data)
    except OSError as error:
        raise UsageError(f"cannot keep the plan: {error}", hint="make room, or apply again") from error


def place(repo: Repository, digest: str) -> Path:
    """Where the plan with this digest is kept, if it is."""
    return Path(repo.common_dir) / "ssot-migrate" / "plans" / f"{digest}.json"
