"""``ssot-migrate trend``: adoption per service over time."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click

from ssot_migrate.cli.options import run_options
from ssot_migrate.cli.progress import Steps
from ssot_migrate.cli.requests import to_request
from ssot_migrate.cli.text import say
from ssot_migrate.errors import ExitCode

if TYPE_CHECKING:
    from ssot_migrate.compliance.trend import Trend

_BARS = "▁▂▃▄▅▆▇█"


@click.command("trend")
@run_options
@click.option(
    "--days",
    type=click.IntRange(min=1, max=36500),
    default=365,
    metavar="N",
    help="How far to go back from HEAD's commit [default: 365].",
)
@click.option(
    "--every",
    type=click.Choice(["day", "week", "month"]),
    default="month",
    help="The last commit of each is looked at, and HEAD's.",
)
@click.option(
    "--tolerance",
    type=click.FloatRange(0, 100),
    default=0,
    metavar="P",
    help="Percentage points that a service may lose without an alert [default: 0].",
)
@click.option("--format", "form", type=click.Choice(["table", "svg", "json"]), default="table")
def command(form: str, days: int, every: str, tolerance: float, **options: Any) -> int:  # noqa: ANN401 - click's
    """Draw the compliance score of each service over the history of HEAD; exit with 7 if the newest fell.

    Commits are those on HEAD's first-parent line, measured by the settings of today. Only files that
    changed from one to the next are scanned, and a commit is looked at once.
    """
    from ssot_migrate.workflow.trend import TrendRequest, make_trend

    with Steps() as steps:
        trend = make_trend(to_request(**options), TrendRequest(days, every, tolerance / 100), steps)
    show(trend, form)
    return ExitCode.DEBT if trend.regressions else ExitCode.OK


def show(trend: Trend, form: str) -> None:
    """Print a trend in one of its formats."""
    if form == "json":
        import msgspec

        click.echo(msgspec.json.format(msgspec.json.encode(trend), indent=2).decode())
    elif form == "svg":
        from ssot_migrate.compliance.formats.trend_svg import trend_svg

        click.echo(trend_svg(trend), nl=False)
    else:
        show_table(trend)


def show_table(trend: Trend) -> None:
    """Print a line for each service: its scores as bars, the first and the last in numbers."""
    from ssot_migrate.plans.scores import percent

    names = {service: service or "all" for service in trend.services}
    width = max(map(len, names.values()), default=0)
    for service, name in names.items():
        scores = trend.line(service)
        known = [score for score in scores if score is not None]
        ends = f"{percent(known[0])} → {percent(known[-1])}"
        say(f"{name:<{width}}  {bars(scores)}  {ends}")
    if trend.points:
        click.echo(f"{len(trend.points)} commits, {trend.points[0].date} to {trend.points[-1].date}")
    if trend.shallow:
        click.echo("history is cut off here: `git fetch --unshallow` for more", err=True)
    for each in trend.regressions:
        fall = f"{percent(each.before)} on {each.date} to {percent(each.after)}"
        say(f"regression: {names[each.service]}: from {fall}", fg="red", err=True)


def bars(scores: Sequence[float | None]) -> str:
    """One character for each score; a dot where there is none."""
    return "".join("·" if score is None else _BARS[min(int(score * 8), 7)] for score in scores)
