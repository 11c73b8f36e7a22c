"""A check as Markdown, for a job's summary or a comment."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_migrate.compliance.formats.sentences import evidence, verdict, what, what_line
from ssot_migrate.compliance.model import CheckReport
from ssot_migrate.compliance.score import by_service, ratio
from ssot_migrate.plans.scores import percent
from ssot_migrate.reports.counted import counted
from ssot_migrate.reports.escaping import code, prose

_MOST = 100


def markdown(report: CheckReport) -> str:
    """Score, evidence, and up to 100 places that fail; the last line counts those that are left out."""
    return "\n".join([*_head(report), *_scores(report), *_failing(report)]).rstrip("\n") + "\n"


def _head(report: CheckReport) -> Iterator[str]:
    yield from (f"## Compliance {percent(report.score)}", "", f"{prose(verdict(report))}.", "")
    yield from (f"- Tests: {prose(line)}" for line in evidence(report))
    yield ""


def _scores(report: CheckReport) -> Iterator[str]:
    if not report.categories:
        return
    names = sorted({row.category for row in report.categories})
    yield f"| Service | Score | {' | '.join(names)} |"
    yield f"|---|---:|{'---:|' * len(names)}"
    for service, rows in by_service(report.categories).items():
        cells = {row.category: f"{row.compliant} of {row.sites}" for row in rows}
        yield f"| {code(service)} | {percent(ratio(rows))} | {' | '.join(cells.get(n, '') for n in names)} |"
    yield ""


def _failing(report: CheckReport) -> Iterator[str]:
    places = [
        *(
            f"{code(f'{v.finding.path}:{v.finding.line}')} {v.finding.rule}: {prose(what(v))}"
            for v in report.failing
        ),
        *(f"{code(line.key.path)} {prose(what_line(line))}" for line in report.fixed),
        *(f"{code(p.path)} could not be looked at: {prose(p.message)}" for p in report.problems),
    ]
    if places:
        yield from ("### What fails" if not report.holds else "### What was not looked at", "")
    yield from (f"- {place}" for place in places[:_MOST])
    if len(places) > _MOST:
        yield f"- and {counted(len(places) - _MOST, 'place')} more"
