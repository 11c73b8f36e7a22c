"""The result of a ``check`` as data; its JSON is these fields under these names."""

from __future__ import annotations

from enum import Enum

from ssot_migrate.findings import Finding, Key, Problem
from ssot_migrate.model import Frozen
from ssot_migrate.plans.model import RuleRef, Score

SCHEMA = 1


class Status(Enum):
    """How a violation stands to the baseline, or to the branch that is compared with."""

    NEW = "new"
    EXPIRED = "expired"
    ACCEPTED = "accepted"


class Violation(Frozen, frozen=True):
    """A finding that is not suppressed; ``reason`` and ``until`` are those of its baseline line."""

    finding: Finding
    status: Status = Status.NEW
    reason: str = ""
    until: str = ""


class Line(Frozen, frozen=True, order=True):
    """One line of a baseline: an accepted violation, why, and until when (an ISO date, or "")."""

    key: Key
    reason: str
    until: str = ""


class CategoryScore(Frozen, frozen=True):
    """Compliant sites of all sites of one service in one category of rules."""

    service: str
    category: str
    sites: int
    compliant: int
    weight: float


class Evidence(Frozen, frozen=True):
    """What a report of executed tests proves of the code scanned; ``refusal`` says why it proves nothing.

    ``bound`` says what ties the report to the code.
    """

    report: str
    bound: str = ""
    passed: int = 0
    failed: int = 0
    skipped: int = 0
    refusal: str = ""

    @property
    def executed(self) -> int:
        """Tests that ran to an end of their own."""
        return self.passed + self.failed


class CheckReport(Frozen, frozen=True):
    """All that a ``check`` found.

    ``against`` is the commit that a branch is compared with, or "". ``fixed`` are lines of the
    baseline that no violation answers to any more. ``score`` is None where there is no site.
    """

    schema: int
    tool: str
    base: str
    profile: str
    rules: tuple[RuleRef, ...]
    score: float | None
    categories: tuple[CategoryScore, ...]
    scores: tuple[Score, ...]
    violations: tuple[Violation, ...]
    fixed: tuple[Line, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    problems: tuple[Problem, ...] = ()
    against: str = ""

    @property
    def failing(self) -> tuple[Violation, ...]:
        """What nobody has accepted, or not for so long."""
        return tuple(v for v in self.violations if v.status is not Status.ACCEPTED)

    @property
    def holds(self) -> bool:
        """Whether there is no new debt and no line too many in the baseline."""
        return not self.failing and not self.fixed
