"""What people and ``verify`` decided about single findings."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from enum import Enum

from ssot_migrate.findings import Finding
from ssot_migrate.model import Frozen


class Ruling(Enum):
    """What becomes of a finding: its held change is made after all, or its change is not made."""

    ACCEPT = "accept"
    REJECT = "reject"
    QUARANTINE = "quarantine"


class Decision(Frozen, frozen=True):
    """The ruling on one finding; ``quarantine`` is ``verify``'s: its tests fail with the change."""

    fingerprint: str
    ruling: Ruling
    rule: str
    path: str
    scope: str = ""
    reason: str = ""


def decide(finding: Finding, ruling: Ruling, reason: str = "") -> Decision:
    """A ruling on ``finding``."""
    return Decision(finding.fingerprint, ruling, finding.rule, finding.path, finding.scope, one_line(reason))


def merge(*layers: Iterable[Decision]) -> tuple[Decision, ...]:
    """All decisions in canonical order; of two on one finding, the one of the later layer."""
    latest = {(d.path, d.fingerprint): d for layer in layers for d in layer}
    return tuple(sorted(latest.values(), key=lambda d: (d.path, d.scope, d.rule, d.fingerprint)))


def unmatched(decisions: Iterable[Decision], findings: Iterable[Finding]) -> Iterator[Decision]:
    """The decisions whose finding is not there any more: the code has changed, or the change is made."""
    there = {(finding.path, finding.fingerprint) for finding in findings}
    return (d for d in decisions if (d.path, d.fingerprint) not in there)


def one_line(reason: str) -> str:
    """``reason`` without line ends and what cannot be printed."""
    return " ".join("".join(char if char.isprintable() else " " for char in reason).split())
