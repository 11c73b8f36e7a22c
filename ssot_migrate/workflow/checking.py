"""``check``: the violations of the code as it stands, against a baseline or against another branch."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

import msgspec

from ssot_migrate.compliance.baseline import Baseline, fixed, judge, read_baseline, save_baseline, updated
from ssot_migrate.compliance.model import SCHEMA, CheckReport, Line, Status, Violation
from ssot_migrate.compliance.score import category_scores, ratio
from ssot_migrate.engine.progress import Progress
from ssot_migrate.git.repository import Repository
from ssot_migrate.model import Finding, Frozen, Key, State
from ssot_migrate.plans.keys import keys
from ssot_migrate.plans.model import Plan, Score
from ssot_migrate.reports.sarif import Read
from ssot_migrate.settings import Settings
from ssot_migrate.workflow import base_texts, make_plan
from ssot_migrate.workflow.configured import read_settings
from ssot_migrate.workflow.evidence import weigh
from ssot_migrate.workflow.gather import take_inventory
from ssot_migrate.workflow.requests import Request


class CheckRequest(Frozen, frozen=True):
    """What a ``check`` is asked to do, besides what a plan is.

    ``today`` decides what has expired. ``update`` drops lines of fixed violations from the
    baseline, ``accept`` also lists what is new, under this reason and until this date.
    """

    today: date
    baseline: str = ""
    against: str = ""
    update: bool = False
    accept: str = ""
    until: str = ""
    executed: tuple[str, ...] = ()


class Checked(NamedTuple):
    """The report, the plan that it speaks of, and what reads the texts of that plan."""

    report: CheckReport
    plan: Plan
    read: Read


class _Run(NamedTuple):
    repo: Repository
    settings: Settings
    request: Request
    check: CheckRequest
    plan: Plan

    @property
    def read(self) -> Read:
        return base_texts(None if self.request.staged else self.plan.base, self.request.path)

    @property
    def rows(self) -> tuple[Score, ...]:
        services = self.request.services
        return tuple(score for score in self.plan.scores if not services or score.service in services)


def make_check(request: Request, check: CheckRequest, progress: Progress) -> Checked:
    """Check the commit that HEAD names, or the index; writes nothing but the baseline that is to be updated.

    Raises:
        UsageError: a baseline or report that cannot be read, a branch that there is not.
    """
    path = Path(check.baseline) if check.baseline else None
    baseline = read_baseline(path) if path else Baseline()
    repo = Repository.open(Path(request.path))
    first = request.staged and repo.is_unborn()
    against = repo.merge_base(check.against) if check.against and not first else ""
    run = _Run(repo, read_settings(repo, request.profile), request, check, make_plan(request, progress))
    findings = violations(run.plan)
    gone = _fixed(run, baseline)
    if against:
        known = _known(run, against, progress)
        findings = [finding for finding in findings if finding.fingerprint not in known]
    if path and (check.update or check.accept):
        baseline, gone = _renewed(run, findings, baseline, gone), ()
        save_baseline(path, baseline)
    judged = judge(findings, baseline.lines, check.today)
    return Checked(_report(run, judged, gone, against), run.plan, run.read)


def violations(plan: Plan) -> list[Finding]:
    """The findings that count: all but those that the code or the settings give a reason for."""
    return [finding for finding in plan.findings if finding.state is not State.SUPPRESSED]


def _known(run: _Run, commit: str, progress: Progress) -> Collection[str]:
    """The fingerprints of what stood there at ``commit``; in files renamed since, under both names."""
    there = msgspec.structs.replace(run.request, revision=commit, staged=False, services=())
    found = violations(make_plan(there, progress))
    renamed = run.repo.renames(commit, None if run.request.staged else run.plan.base)
    moved = [finding for finding in found if finding.path in renamed]
    texts = base_texts(commit, run.request.path)({finding.path for finding in moved})
    again = (msgspec.structs.replace(key, path=renamed[key.path]) for _, key in keys(moved, texts.get))
    return {finding.fingerprint for finding in found} | {key.fingerprint for key in again}


def _fixed(run: _Run, baseline: Baseline) -> tuple[Line, ...]:
    """Lines of violations that are no more; what this run did not look at may still be there."""
    if not baseline.lines:
        return ()
    rules = {rule.slug for rule in run.plan.rules}
    limited = bool(run.request.rules or run.settings.rules)
    lost = {problem.path for problem in run.plan.problems}
    mine = _paths_of(run) if run.request.services else None

    def concerns(key: Key) -> bool:
        looked = (not limited or key.rule in rules) and key.path not in lost
        return looked and (mine is None or key.path in mine)

    return fixed(baseline.lines, {finding.fingerprint for finding in violations(run.plan)}, concerns)


def _paths_of(run: _Run) -> Collection[str]:
    owners = take_inventory(run.repo, run.settings, run.request.revision, run.request.staged).services
    return {path for path, service in owners.items() if service in run.request.services}


def _renewed(run: _Run, findings: Iterable[Finding], baseline: Baseline, gone: tuple[Line, ...]) -> Baseline:
    if not run.check.accept:
        return updated(baseline, gone)
    judged = judge(findings, baseline.lines, run.check.today)
    new = {v.finding.fingerprint for v in judged if v.status is not Status.ACCEPTED}
    found = [key for finding, key in _keys(run) if finding.fingerprint in new]
    return updated(baseline, gone, [Line(key, run.check.accept, run.check.until) for key in found])


def _keys(run: _Run) -> Iterable[tuple[Finding, Key]]:
    """The findings with their readable keys."""
    return keys(run.plan.findings, run.read({finding.path for finding in run.plan.findings}).get)


def _report(run: _Run, judged: tuple[Violation, ...], gone: tuple[Line, ...], against: str) -> CheckReport:
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
