"""What becomes of a plan: files replayed or stale, branches, and conflicts with those of others."""

from __future__ import annotations

from ssot_migrate.model import Frozen
from ssot_migrate.plans.model import FilePlan


class AppliedFile(Frozen, frozen=True):
    """A file plan replayed: ``texts`` holds the file's bytes after each of ``file.steps``."""

    file: FilePlan
    texts: tuple[bytes, ...]


class StaleFile(Frozen, frozen=True):
    """A file that is not what the plan saw, so that nothing of it was replayed."""

    path: str
    reason: str


class Outcome(Frozen, frozen=True):
    """What replaying a plan gave, file by file."""

    applied: tuple[AppliedFile, ...]
    stale: tuple[StaleFile, ...] = ()


class Branch(Frozen, frozen=True):
    """A ref that ``apply`` wrote, or found already there (``existed``); stacked on ``parent``."""

    service: str
    ref: str
    commit: str
    parent: str
    paths: tuple[str, ...]
    existed: bool = False


class Conflict(Frozen, frozen=True):
    """A service whose branch does not merge with another one, by whom that is, and the files.

    ``certain``: git merged them; else this git (before 2.38) cannot, and both touch these files.
    """

    service: str
    other: str
    author: str
    paths: tuple[str, ...]
    certain: bool = True


class Forecast(Frozen, frozen=True):
    """Conflicts with the ``looked_at`` newest open branches; ``left_out`` older ones were not looked at."""

    conflicts: tuple[Conflict, ...] = ()
    looked_at: int = 0
    left_out: int = 0
