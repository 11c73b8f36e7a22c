"""What is left as it is, together by rule, state and what the reasons have in common."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

from ssot_migrate.findings import Finding, State
from ssot_migrate.reports.reasons import pattern, together


class Left(NamedTuple):
    """Findings that share rule, state and reason; ``id`` depends on these alone."""

    id: str
    rule: str
    state: State
    reason: str
    findings: list[Finding]


def left(findings: Iterable[Finding]) -> Iterator[Left]:
    """The groups of ``findings``, largest first."""
    grouped: dict[tuple[str, State, str], list[Finding]] = {}
    for finding in findings:
        grouped.setdefault((finding.rule, finding.state, pattern(finding.message)), []).append(finding)
    for key, members in sorted(grouped.items(), key=lambda item: (-len(item[1]), item[0][0], item[0][2])):
        rule, state, form = key
        text = "\0".join((rule, state.value, form)).encode("utf-8", "backslashreplace")
        reason = together([finding.message for finding in members])
        yield Left(hashlib.sha256(text).hexdigest()[:12], rule, state, reason, members)
