"""What is wrong and what is proven, in the words that all formats for people share."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_migrate.compliance.model import CheckReport, Evidence, Line, Status, Violation
from ssot_migrate.reports.counted import counted

NOT_EXECUTED = "not executed"


def what(violation: Violation) -> str:
    """A failing violation in one line: the finding's message, and until when it was accepted."""
    if violation.status is Status.EXPIRED:
        return f"accepted until {violation.until}, which has passed: {violation.finding.message}"
    return violation.finding.message


def what_line(line: Line) -> str:
    """A baseline line of a violation that is fixed."""
    key = line.key
    return f"fixed, but still in the baseline (--update takes it out): {key.rule} {key.kind} {key.snippet}"


def evidence(report: CheckReport) -> Iterator[str]:
    """One line for each report of executed tests; ``not executed`` where none proves anything."""
    proven = [item for item in report.evidence if item.executed and not item.refusal]
    yield from map(_proven, proven)
    for item in report.evidence:
        if item not in proven:
            yield f"{NOT_EXECUTED}: {item.report}: {item.refusal or 'no test of this repository ran'}"
    if not report.evidence:
        yield NOT_EXECUTED


def _proven(item: Evidence) -> str:
    skipped = f", {item.skipped} skipped" if item.skipped else ""
    counts = f"{counted(item.executed, 'test')} executed, {item.passed} passed, {item.failed} failed{skipped}"
    return f"{counts} ({item.report}, {item.bound})"


def verdict(report: CheckReport) -> str:
    """The whole check in one line."""
    found = [(status, sum(v.status is status for v in report.violations)) for status in Status]
    parts = [f"{count} {status.value}" for status, count in found if count]
    fixed = [counted(len(report.fixed), "baseline line") + " too many"] if report.fixed else []
    where = f"added since {report.against[:12]}" if report.against else f"at {report.base[:12]}"
    return f"{', '.join([*parts, *fixed]) or 'no violation'} {where}"
