"""The CI bot of one repository: proposals on a schedule, and on pull requests what they do to the score."""

from __future__ import annotations

import tempfile
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ssot_migrate.compliance.formats.markdown import markdown
from ssot_migrate.compliance.model import CheckReport
from ssot_migrate.engine.progress import Progress
from ssot_migrate.errors import UsageError
from ssot_migrate.fleet.config import Fleet, Forge, Group
from ssot_migrate.fleet.executors import local
from ssot_migrate.fleet.forges.opening import opened
from ssot_migrate.fleet.model import Action, Outcome, Unit, Verdict
from ssot_migrate.fleet.running import Ask, Watch, run_action
from ssot_migrate.fleet.state import State
from ssot_migrate.git.history import merge_base
from ssot_migrate.git.remote import upstream_url
from ssot_migrate.git.repository import Repository
from ssot_migrate.plans.scores import percent
from ssot_migrate.workflow.checking import make_check
from ssot_migrate.workflow.requests import CheckRequest, Request

_MARK = "<!-- ssot-migrate: score -->"


class Comment(NamedTuple):
    """What a pull request does to the score: the text of the comment, and the check that decides."""

    text: str
    report: CheckReport


def propose(path: Path, forge: Forge, *, include_review: bool, max_open: int | None, watch: Watch) -> Outcome:
    """Plan the commit that HEAD names, push, and open or refresh requests; the forge is all its memory."""
    unit = Unit("repository", str(path.resolve()), "bot", include_review=include_review, forge=forge)
    fleet = Fleet(group=[Group("bot")])
    with tempfile.TemporaryDirectory() as folder, State(Path(folder)) as state:
        ask = Ask(Action.PUSH, max_open=max_open)
        (row,) = run_action(fleet, [unit], state, ask, local(1), watch).rows
    return Outcome(row.verdict or Verdict.FAILED, row.reason)


def compare(path: Path, against: str, baseline: str, today: date, progress: Progress) -> Comment:
    """Check HEAD against what it shares with ``against``.

    Raises:
        UsageError: there is no such commit, or the baseline cannot be read.
    """
    request = Request(str(path))
    shared = merge_base(Repository.open(path), against)
    check = CheckRequest(today=today, against=against, baseline=baseline)
    after = make_check(request, check, progress).report
    then = Request(str(path), revision=shared)
    before = make_check(then, CheckRequest(today=today), progress).report
    return Comment("\n".join((_MARK, _change(before.score, after.score), "", markdown(after))), after)


def post(path: Path, forge: Forge, number: int, text: str) -> None:
    """Write the comment on pull request ``number``, or replace the one that is there.

    Raises:
        UsageError: the repository has no remote to tell the forge's project by.
        ForgeError: the forge refused, as it does where a fork's job may only read.
    """
    url = upstream_url(Repository.open(path).git, "origin")
    if not url:
        raise UsageError("the repository has no remote `origin`", hint="check it out with one")
    with opened(forge, url) as service:
        service.comment(number, _MARK, text)


def _change(before: float | None, after: float | None) -> str:
    if before is None or after is None:
        return f"**Compliance {percent(after)}**"
    return f"**Compliance {percent(before)} → {percent(after)} ({(after - before) * 100:+.1f})**"
