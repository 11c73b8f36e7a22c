"""Two branches of one plan, as reports are given them."""

from __future__ import annotations

from ssot_migrate.edits import Span
from ssot_migrate.findings import Finding, Problem, State
from ssot_migrate.model import Safety
from ssot_migrate.plans.model import SCHEMA, FilePlan, Plan, RuleRef, Score, Step, Tally
from ssot_migrate.plans.outcome import Branch
from ssot_migrate.reports.summarising import part_of, summarise
from ssot_migrate.reports.summary import ChangeGroup, Rest, Summary

RULES = (RuleRef("SSOT001", "environment", "one environment"), RuleRef("SSOT002", "mocks", "one factory"))
FOUNDATION = Branch("foundation", "refs/heads/ssot/foundation/dddd", "f" * 40, "b" * 40, ("shared/env.py",))
API = Branch("api", "refs/heads/ssot/api/dddd", "a" * 40, "f" * 40, ("api/a.py", "api/b.py"))

DIFF = "@@ -1,1 +1,1 @@\n-a = os.getenv(KEY)\n+a = get_env().get(KEY)\n"
GROUP = ChangeGroup(
    "c" * 12, "environment", "read", "os.getenv → get_env().get", 3, 1, "api/a.py:1", "why", DIFF
)
LEDGER = (Tally("environment", 4, {"changed": 3, "comment": 1}), Tally("mocks", 0, {}))


def finding(path: str, line: int, state: State, message: str = "", rule: str = "environment") -> Finding:
    """A finding, of which the reports show rule, place, state and message."""
    return Finding(rule, "read", path, Span(0, 1), line, "", message, state, Safety.SAFE, f"{path}{line}")


def plan_of(*findings: Finding) -> Plan:
    """A plan with two changed files of ``api`` and one of ``web``."""
    step = (Step("environment", "c" * 40),)
    files = (
        FilePlan("api/a.py", "api", "", step, ()),
        FilePlan("api/b.py", "api", "", (*step, Step("mocks", "c" * 40)), ()),
        FilePlan("web/w.py", "web", "", step, ()),
    )
    scores = (Score("api", "environment", 5, 1, 4), Score("web", "environment", 9, 9, 9))
    problems = (Problem("api/broken.py", "parse", "invalid syntax"), Problem("web/broken.py", "parse", "too"))
    services = ("api", "web")
    return Plan(
        SCHEMA,
        "0.1.0",
        "b" * 40,
        "bundled",
        RULES,
        services,
        files,
        findings,
        problems,
        LEDGER,
        scores,
        digest="d" * 64,
    )


def summary_of(plan: Plan, branch: Branch, rest: Rest) -> Summary:
    """The summary of what a plan says of one branch."""
    return summarise(part_of(plan, branch, rest), branch, rest)
