"""``ssot-migrate bowler``: an existing Bowler query as a plan."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click
import msgspec

from ssot_migrate.cli.options import plan_output, run_options
from ssot_migrate.cli.progress import Steps
from ssot_migrate.cli.requests import to_request


@click.command("bowler")
@click.argument("query", type=click.Path(exists=True, dir_okay=False))
@run_options
@plan_output
@click.option(
    "--seconds",
    type=click.IntRange(min=1),
    default=600,
    metavar="N",
    help="How long the query may take [default: 600].",
)
def command(query: str, out: str | None, seconds: int, form: str, **options: Any) -> int:  # noqa: ANN401
    """Plan what QUERY, a script for Bowler, does to the Python files of HEAD's commit.

    QUERY is code and is run, in a process of its own, over copies: name only one that you trust. Its edits
    are changes for review like any others, and nothing is written before `apply --plan`.
    """
    from ssot_migrate.cli.plan_command import exit_code, seal_in, show
    from ssot_migrate.workflow.bowler import bowler_plan

    request = msgspec.structs.replace(to_request(**options), include_review=True)
    with Steps() as steps:
        plan = bowler_plan(Path(query), request, seconds, steps)
    seal_in(plan, out)
    show(plan, form, request)
    return exit_code(plan, detailed=False)
