"""A plan as lines, one per finding: for editors, ``grep`` and golden files."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_migrate.model import Finding, State
from ssot_migrate.plans.model import Plan


def lines(plan: Plan) -> Iterator[str]:
    """``path:line: rule: state: message`` for every finding, then one line for each problem."""
    for finding in sorted(plan.findings, key=lambda f: (f.path, f.line, f.span, f.rule)):
        yield f"{finding.path}:{finding.line}: {finding.rule}: {_state(finding)}: {finding.message}"
    for problem in sorted(plan.problems, key=lambda p: (p.path, p.stage, p.message)):
        yield f"{problem.path}: {problem.stage} problem: {problem.message}"


def _state(finding: Finding) -> str:
    state: str = finding.state.value
    if finding.state is State.CHANGED:
        return f"changed ({finding.safety.value})"
    return state
