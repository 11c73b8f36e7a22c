"""``ssot-migrate conflicts``: whose open branches a migration would conflict with."""

from __future__ import annotations

from typing import Any

import click

from ssot_migrate.cli.options import request_options
from ssot_migrate.cli.requests import plan_for, to_request
from ssot_migrate.cli.text import say
from ssot_migrate.plans.outcome import Forecast
from ssot_migrate.workflow import foresee


@click.command("conflicts")
@request_options
@click.option("--plan", "plan_file", type=click.Path(dir_okay=False), metavar="FILE", help="A sealed plan.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
def command(plan_file: str | None, form: str, **options: Any) -> None:  # noqa: ANN401 - click's
    """Merge the branches of a plan in memory with the repository's other open branches; no ref is written.

    Shown are service, branch, its author and the files. `apply` shows the same.
    """
    request = to_request(**options)
    plan = plan_for(plan_file, request)
    forecast = foresee(plan, request)
    if form == "json":
        import msgspec

        click.echo(msgspec.json.encode(forecast))
        return
    show_forecast(forecast)
    if not forecast.conflicts:
        click.echo("no conflicts")


def show_forecast(forecast: Forecast) -> None:
    """Print conflicts, one a line, on stderr."""
    for each in forecast.conflicts:
        names = ", ".join(each.paths[:3]) + (", …" if len(each.paths) > 3 else "")
        what = "would conflict with" if each.certain else "touches the files of"
        other = each.other.removeprefix("refs/heads/").removeprefix("refs/remotes/")
        say(f"{each.service} {what} {other} ({each.author}): {names}", fg="yellow", err=True)
    if forecast.left_out:
        say(f"not looked at for conflicts: branches older than {forecast.looked_at} others", err=True)
