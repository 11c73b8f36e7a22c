"""What a check leaves out: what stood on another branch, and what the baseline has of it."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple

import msgspec

from ssot_migrate.compliance.baseline import Baseline, fixed, judge, updated
from ssot_migrate.compliance.model import Line, Status
from ssot_migrate.engine.progress import Progress
from ssot_migrate.findings import Finding, Key, State
from ssot_migrate.git.history import renames
from ssot_migrate.git.repository import Repository
from ssot_migrate.plans.keys import keys
from ssot_migrate.plans.model import Plan, Score
from ssot_migrate.reports.sarif import Read
from ssot_migrate.settings import Settings
from ssot_migrate.workflow import base_texts, make_plan
from ssot_migrate.workflow.gather import take_inventory
from ssot_migrate.workflow.requests import CheckRequest, Request


class Run(NamedTuple):
    """A check under way: what was asked, and the plan whose findings it judges."""

    repo: Repository
    settings: Settings
    request: Request
    check: CheckRequest
    plan: Plan

    @property
    def read(self) -> Read:
        """What reads the texts that the plan was made of."""
        return base_texts(None if self.request.staged else self.plan.base, self.request.path)

    @property
    def rows(self) -> tuple[Score, ...]:
        """The scores of the services asked for."""
        services = self.request.services
        return tuple(score for score in self.plan.scores if not services or score.service in services)


def violations(plan: Plan) -> list[Finding]:
    """The findings that count: all but those that the code or the settings give a reason for."""
    return [finding for finding in plan.findings if finding.state is not State.SUPPRESSED]


def known_at(run: Run, commit: str, progress: Progress) -> Collection[str]:
    """The fingerprints of what stood there at ``commit``; in files renamed since, under both names."""
    there = msgspec.structs.replace(run.request, revision=commit, staged=False, services=())
    found = violations(make_plan(there, progress))
    renamed = renames(run.repo, commit, None if run.request.staged else run.plan.base)
    moved = [finding for finding in found if finding.path in renamed]
    texts = base_texts(commit, run.request.path)({finding.path for finding in moved})
    again = (msgspec.structs.replace(key, path=renamed[key.path]) for _, key in keys(moved, texts.get))
    return {finding.fingerprint for finding in found} | {key.fingerprint for key in again}


def fixed_lines(run: Run, baseline: Baseline) -> tuple[Line, ...]:
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


def _paths_of(run: Run) -> Collection[str]:
    owners = take_inventory(run.repo, run.settings, run.request.revision, run.request.staged).services
    return {path for path, service in owners.items() if service in run.request.services}


def renewed(run: Run, findings: Iterable[Finding], baseline: Baseline, gone: tuple[Line, ...]) -> Baseline:
    """The baseline without the lines that are ``gone``, and with what is new if that is to be accepted."""
    if not run.check.accept:
        return updated(baseline, gone)
    judged = judge(findings, baseline.lines, run.check.today)
    new = {v.finding.fingerprint for v in judged if v.status is not Status.ACCEPTED}
    found = [key for finding, key in _keys(run) if finding.fingerprint in new]
    return updated(baseline, gone, [Line(key, run.check.accept, run.check.until) for key in found])


def _keys(run: Run) -> Iterable[tuple[Finding, Key]]:
    """The findings with their readable keys."""
    return keys(run.plan.findings, run.read({finding.path for finding in run.plan.findings}).get)
