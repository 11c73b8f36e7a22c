"""``check``: the violations of the code as it stands, against a baseline or against another branch."""

from __future__ import annotations

from pathlib import Path
from typing import NamedTuple

from ssot_migrate.compliance.baseline import Baseline, judge, read_baseline, save_baseline
from ssot_migrate.compliance.model import SCHEMA, CheckReport, Line, Violation
from ssot_migrate.compliance.score import category_scores, ratio
from ssot_migrate.engine.progress import Progress
from ssot_migrate.git.history import merge_base
from ssot_migrate.git.repository import Repository
from ssot_migrate.plans.model import Plan
from ssot_migrate.reports.sarif import Read
from ssot_migrate.workflow import make_plan
from ssot_migrate.workflow.accepted import Run, fixed_lines, known_at, renewed, violations
from ssot_migrate.workflow.configured import read_settings
from ssot_migrate.workflow.evidence import weigh
from ssot_migrate.workflow.requests import CheckRequest, Request


class Checked(NamedTuple):
    """The report, the plan that it speaks of, and what reads the texts of that plan."""

    report: CheckReport
    plan: Plan
    read: Read


def make_check(request: Request, check: CheckRequest, progress: Progress) -> Checked:
    """Check the commit that HEAD names, or the index; writes nothing but the baseline that is to be updated.

    Raises:
        UsageError: a baseline or report that cannot be read, a branch that there is not.
    """
    path = Path(check.baseline) if check.baseline else None
    baseline = read_baseline(path) if path else Baseline()
    repo = Repository.open(Path(request.path))
    first = request.staged and repo.is_unborn()
    against = merge_base(repo, check.against) if check.against and not first else ""
    run = Run(repo, read_settings(repo, request.profile), request, check, make_plan(request, progress))
    findings = violations(run.plan)
    gone = fixed_lines(run, baseline)
    if against:
        known = known_at(run, against, progress)
        findings = [finding for finding in findings if finding.fingerprint not in known]
    if path and (check.update or check.accept):
        baseline, gone = renewed(run, findings, baseline, gone), ()
        save_baseline(path, baseline)
    judged = judge(findings, baseline.lines, check.today)
    return Checked(_report(run, judged, gone, against), run.plan, run.read)


def _report(run: Run, judged: tuple[Violation, ...], gone: tuple[Line, ...], against: str) -> CheckReport:
    plan = run.plan
    categories = category_scores(run.rows, plan.rules)
    return CheckReport(
        schema=SCHEMA,
        tool=plan.tool,
        base=plan.base,
        profile=plan.profile,
        rules=plan.rules,
        score=ratio(categories),
        categories=categories,
        scores=run.rows,
        violations=judged,
        fixed=gone,
        evidence=tuple(weigh(run.repo, run.check.executed, plan.base)),
        problems=plan.problems,
        against=against,
    )
