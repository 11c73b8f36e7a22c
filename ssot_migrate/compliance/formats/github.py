"""A check as workflow commands, which GitHub shows as annotations."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_migrate.compliance.formats.sentences import evidence, verdict, what, what_line
from ssot_migrate.compliance.model import CheckReport
from ssot_migrate.plans.scores import percent


def github(report: CheckReport) -> str:
    """An error for each failing violation and for each baseline line too many, then one notice.

    GitHub shows the first ten errors of a step; the log of the step has them all.
    """
    return "".join(f"{line}\n" for line in _commands(report))


def _commands(report: CheckReport) -> Iterator[str]:
    ids = {rule.slug: rule.id for rule in report.rules}
    for violation in report.failing:
        finding = violation.finding
        title = f"{ids.get(finding.rule, '')} {finding.rule}".strip()
        yield _command("error", what(violation), file=finding.path, line=str(finding.line), title=title)
    for line in report.fixed:
        yield _command("error", what_line(line), file=line.key.path, title=line.key.rule)
    for problem in report.problems:
        yield _command("warning", f"{problem.stage}: {problem.message}", file=problem.path)
    tests = "; ".join(evidence(report))
    yield _command("notice", f"compliance {percent(report.score)}; {verdict(report)}; tests: {tests}")


def _command(kind: str, message: str, **properties: str) -> str:
    listed = ",".join(f"{name}={_property(value)}" for name, value in properties.items())
    return f"::{kind}{' ' if listed else ''}{listed}::{_data(message)}"


def _data(text: str) -> str:
    shown = text.encode("utf-8", "backslashreplace").decode()
    return shown.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _data(text).replace(":", "%3A").replace(",", "%2C")
