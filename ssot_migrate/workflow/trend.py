"""``trend``: the scores of commits of the past; what is the same as in the last one is not scanned again."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import msgspec

from ssot_migrate import __version__
from ssot_migrate.compliance.score import by_service, category_scores, ratio
from ssot_migrate.compliance.trend import ALL, SCHEMA, Point, Trend, regressions, sampled
from ssot_migrate.engine.progress import Progress
from ssot_migrate.git.history import first_parents
from ssot_migrate.git.repository import Repository
from ssot_migrate.model import Frozen
from ssot_migrate.settings import Settings
from ssot_migrate.workflow import recall
from ssot_migrate.workflow.analysis import plan_anew
from ssot_migrate.workflow.configured import read_settings
from ssot_migrate.workflow.memory import Memory
from ssot_migrate.workflow.requests import Request


class TrendRequest(Frozen, frozen=True):
    """How far back to go, in days before HEAD's commit, how densely, and how much may be lost."""

    days: int = 365
    every: str = "month"
    tolerance: float = 0


def make_trend(request: Request, trend: TrendRequest, progress: Progress) -> Trend:
    """The trend up to HEAD, under the settings of today; writes nothing but caches.

    Raises:
        UsageError: no repository, no commit, or settings that make no sense.
    """
    repo = Repository.open(Path(request.path))
    settings = read_settings(repo, request.profile)
    whole = msgspec.structs.replace(request, services=())
    known = _Known(recall(repo, whole, settings))
    chosen = sampled(_history(repo, trend.days), trend.every)
    points = []
    for number, (commit, day) in enumerate(chosen, start=1):
        if commit not in known.scores:
            at = msgspec.structs.replace(whole, revision=commit)
            known.keep(commit, _scores(repo, at, settings))
        scores = known.scores[commit]
        wanted = {s: v for s, v in scores.items() if not request.services or s in request.services}
        points.append(Point(commit, day, wanted))
        progress("trend", number, len(chosen))
    found = tuple(regressions(points, trend.tolerance))
    return Trend(SCHEMA, __version__, tuple(points), found, repo.is_shallow())


def _history(repo: Repository, days: int) -> Iterable[tuple[str, str]]:
    newest = repo.commit_time(repo.head_commit())
    since = int(newest - timedelta(days=days).total_seconds())
    for commit, committed in first_parents(repo):
        if committed >= since:
            yield commit, datetime.fromtimestamp(min(committed, newest), UTC).date().isoformat()


def _scores(repo: Repository, request: Request, settings: Settings) -> dict[str, float]:
    plan = plan_anew(repo, lambda *_: None, recall(repo, request, settings))
    rows = category_scores(plan.scores, plan.rules)
    found = {service: ratio(own) for service, own in by_service(rows).items()} | {ALL: ratio(rows)}
    return {service: score for service, score in found.items() if score is not None}


class _Known:
    """The scores of commits that were looked at under these very settings by this very version."""

    def __init__(self, memory: Memory) -> None:
        self.store, self.name = memory.store, f"trend-{memory.key}.json"
        try:
            self.scores = msgspec.json.decode(
                self.store.read(self.name) or b"", type=dict[str, dict[str, float]]
            )
        except msgspec.MsgspecError:
            self.scores = {}

    def keep(self, commit: str, scores: dict[str, float]) -> None:
        self.scores[commit] = scores
        self.store.write(self.name, msgspec.json.encode(self.scores))
