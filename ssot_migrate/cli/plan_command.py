"""``ssot-migrate plan``: the dry run."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ssot_migrate.cli.options import plan_output, request_options
from ssot_migrate.cli.progress import Steps
from ssot_migrate.cli.requests import to_request
from ssot_migrate.cli.text import pour, say_all
from ssot_migrate.errors import ExitCode
from ssot_migrate.plans.model import Plan

if TYPE_CHECKING:
    from ssot_migrate.workflow import Request


@click.command("plan")
@request_options
@plan_output
@click.option("--detailed-exitcode", is_flag=True, help="Exit with 6 where the plan would change something.")
def command(out: str | None, form: str, detailed_exitcode: bool, **options: Any) -> int:  # noqa: ANN401 - click's
    """Dry run over the commit that HEAD names; writes nothing but the plan file asked for."""
    return give(to_request(**options), form, out, detailed_exitcode)


def give(request: Request, form: str, out: str | None = None, detailed: bool = False) -> int:
    """Make a plan, seal it in ``out`` if that is given, print it, and return the exit code."""
    from ssot_migrate.workflow import packed_plan

    with Steps() as steps:
        plan = packed_plan(request, steps)
    seal_in(plan, out)
    show(plan, form, request)
    return exit_code(plan, detailed)


def seal_in(plan: Plan, out: str | None) -> None:
    """Write a plan to the file ``out``, if one is named."""
    if out:
        from ssot_migrate.plans.store import save

        save(plan, Path(out))


def show(plan: Plan, form: str, request: Request) -> None:
    """Print a plan in one of its formats."""
    if form == "json":
        from ssot_migrate.plans.canonical import parts

        for part in parts(plan):
            click.echo(part, nl=False)
        click.echo()
    elif form == "sarif":
        from ssot_migrate.reports.sarif import sarif
        from ssot_migrate.workflow import base_texts
        from ssot_migrate.workflow.pages import rule_pages

        pages = rule_pages(request.path, request.trust)
        click.echo(sarif(plan, pages, base_texts(plan.base, request.path)), nl=False)
    elif form == "lines":
        from ssot_migrate.reports.lines import lines

        say_all(lines(plan))
    elif form == "diff":
        from ssot_migrate.workflow import unified_diff

        for part in unified_diff(plan, request.path):
            pour(part)
    else:
        from ssot_migrate.cli.tables import show_plan

        show_plan(plan)


def exit_code(plan: Plan, detailed: bool) -> int:
    """PARTIAL if files were lost, CHANGES if asked for and any, else OK."""
    if plan.problems:
        return ExitCode.PARTIAL
    return ExitCode.CHANGES if detailed and plan.files else ExitCode.OK
