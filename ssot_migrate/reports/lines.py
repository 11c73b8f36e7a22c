"""A plan as lines, one per finding: for editors, ``grep`` and golden files."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import groupby
from operator import attrgetter

from ssot_migrate.decisions import Decision
from ssot_migrate.findings import Problem, State
from ssot_migrate.plans.model import Plan

_OURS = "next: mend the file, or `exclude` it in the settings"
_WORKER = "next: plan again, or `exclude` it in the settings"
_NAME = "next: rename it, or `exclude` it in the settings"
_NEXT = {"parse": _OURS, "read": _OURS, "name": _NAME, "worker": _WORKER}
_CHANGED = State.CHANGED
_REPORT = "next: report this, with the file if you may"


def lines(plan: Plan) -> Iterator[str]:
    """``path:line: rule: state: message`` for every finding; then problems, and decisions about nothing."""
    for _, own in groupby(plan.findings, attrgetter("path")):  # a plan has them by path
        for finding in sorted(own, key=attrgetter("line", "span", "rule")):
            state = f"changed ({finding.safety.value})" if finding.state is _CHANGED else finding.state.value
            yield f"{finding.path}:{finding.line}: {finding.rule}: {state}: {finding.message}"
    for problem in sorted(plan.problems, key=lambda p: (p.path, p.line, p.stage, p.message)):
        yield _problem(problem)
    yield from map(unmatched_line, plan.unmatched)


def problem_line(problem: Problem) -> str:
    """A problem in one line: where it is, what it is, and what to do next."""
    return f"{_problem(problem)}; {_NEXT.get(problem.stage, _REPORT)}"


def unmatched_line(decision: Decision) -> str:
    """One line on a decision whose finding is not there any more."""
    what = f"{decision.ruling.value} {decision.fingerprint} of {decision.rule}"
    return f"{decision.path}: decision: {what}: nothing there any more that it is about"


def _problem(problem: Problem) -> str:
    place = f"{problem.path}:{problem.line}" if problem.line else problem.path
    return f"{place}: {problem.stage} problem: {problem.message}"
