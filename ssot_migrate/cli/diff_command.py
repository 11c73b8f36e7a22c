"""``ssot-migrate diff``: what a plan would change."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ssot_migrate.cli.options import Steps, request_options, to_request


@click.command("diff")
@request_options
@click.option("--plan", "plan_file", type=click.Path(dir_okay=False), metavar="FILE", help="A sealed plan.")
def command(plan_file: str | None, **options: Any) -> None:  # noqa: ANN401 - click's
    """Show a plan as a unified diff that `git apply` takes."""
    from ssot_migrate.workflow import make_plan, unified_diff

    request = to_request(**options)
    if plan_file:
        from ssot_migrate.plans.store import load

        plan = load(Path(plan_file))
    else:
        with Steps() as steps:
            plan = make_plan(request, steps)
    for part in unified_diff(plan, request.path, request.services):
        click.echo(part, nl=False)
