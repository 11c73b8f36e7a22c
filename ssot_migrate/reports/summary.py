"""All that the reports of one branch say, as data; its fields are those of ``report.json``."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from ssot_migrate.findings import Problem
from ssot_migrate.plans.model import Score, Tally
from ssot_migrate.plans.outcome import Branch, Conflict, StaleFile
from ssot_migrate.verify.model import Verification

SCHEMA = 2


class RuleCount(msgspec.Struct, frozen=True):
    """What one migration changed in the branch: sites, and files with a step of it."""

    id: str
    slug: str
    summary: str
    files: int
    sites: int


class LeftGroup(msgspec.Struct, frozen=True):
    """Sites left as they were for one reason; ``examples`` are ``path:line``."""

    rule: str
    state: str
    reason: str
    count: int
    examples: tuple[str, ...]


class ChangeGroup(msgspec.Struct, frozen=True):
    """Changes of one edit shape; ``place`` (``path:line``), ``why`` and ``diff`` (hunks) are of one of them.

    ``outliers`` counts those that differ from the rest. ``id`` is that of the group in the review page.
    """

    id: str
    rule: str
    kind: str
    shape: str
    count: int
    outliers: int
    place: str
    why: str
    diff: str


class Summary(msgspec.Struct, frozen=True):
    """One branch; ``stacked_on`` is the branch to merge first, or "" if it stands on the plan's base.

    ``ledger`` counts for the whole plan, all else for this branch and its service. ``verification`` says what
    running its tests has shown; none where nobody has run them.
    """

    schema: int
    service: str
    branch: str
    commit: str
    parent: str
    base: str
    stacked_on: str
    existed: bool
    plan: str
    tool: str
    profile: str
    rules: tuple[RuleCount, ...]
    groups: tuple[ChangeGroup, ...]
    left: tuple[LeftGroup, ...]
    scores: tuple[Score, ...]
    ledger: tuple[Tally, ...]
    verification: Verification | None
    stale: tuple[StaleFile, ...]
    problems: tuple[Problem, ...]
    conflicts: tuple[Conflict, ...]
    files: tuple[str, ...]


class Rest(NamedTuple):
    """What a plan does not know: who owns a path, which files were stale, what ``apply`` wrote beside.

    ``conflicts`` are those of all branches with other people's; ``groups`` are the branch's own changes;
    ``proofs`` say what tests have shown of branches.
    """

    owners: Mapping[str, str] = {}
    stale: tuple[StaleFile, ...] = ()
    branches: tuple[Branch, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    groups: tuple[ChangeGroup, ...] = ()
    proofs: Sequence[Verification] = ()
