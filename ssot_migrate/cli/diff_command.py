"""``ssot-migrate diff``: what a plan would change."""

from __future__ import annotations

from typing import Any

import click

from ssot_migrate.cli.options import request_options
from ssot_migrate.cli.requests import plan_for, to_request
from ssot_migrate.cli.text import pour


@click.command("diff")
@request_options
@click.option("--plan", "plan_file", type=click.Path(dir_okay=False), metavar="FILE", help="A sealed plan.")
def command(plan_file: str | None, **options: Any) -> None:  # noqa: ANN401 - click's
    """Show a plan as a unified diff that `git apply` takes."""
    from ssot_migrate.workflow import unified_diff

    request = to_request(**options)
    plan = plan_for(plan_file, request)
    for part in unified_diff(plan, request.path, request.services):
        pour(part)
