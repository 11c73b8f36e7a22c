"""``ssot-migrate check``: the compliance score, and whether debt grows."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Any

import click

from ssot_migrate.cli.options import request_options
from ssot_migrate.cli.progress import Steps
from ssot_migrate.cli.requests import to_request
from ssot_migrate.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from ssot_migrate.compliance.model import CheckReport
    from ssot_migrate.workflow.checking import Checked
    from ssot_migrate.workflow.requests import Request

_DAY = click.DateTime(["%Y-%m-%d"])


@click.command("check")
@request_options
@click.option(
    "--baseline",
    type=click.Path(dir_okay=False),
    default="",
    metavar="FILE",
    help="Violations that are accepted for now, a line each.",
)
@click.option("--update", is_flag=True, help="Take lines of fixed violations out of the baseline.")
@click.option(
    "--accept", default="", metavar="REASON", help="List what is new in the baseline, too, for this reason."
)
@click.option("--until", type=_DAY, metavar="DAY", help="The day (YYYY-MM-DD) to which --accept holds.")
@click.option(
    "--diff", "against", default="", metavar="REF", help="Only what HEAD adds to what it shares with REF."
)
@click.option("--staged", is_flag=True, help="Look at what is staged for the next commit, not at HEAD.")
@click.option(
    "--executed",
    multiple=True,
    type=click.Path(dir_okay=False),
    metavar="REPORT",
    help="A report of executed tests: the unified runner's JSON, or JUnit; repeatable.",
)
@click.option(
    "--today", type=_DAY, metavar="DAY", help="The day that decides what has expired [default: today, UTC]."
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "sarif", "github", "junit", "markdown"]),
    default="table",
)
def command(form: str, baseline: str, **options: Any) -> int:  # noqa: ANN401 - click's
    """Measure compliance; fail on violations that nobody has accepted, and on accepted ones that are gone.

    Without --baseline nothing is accepted. The score is of the commit that HEAD names, and of nothing else.
    """
    from ssot_migrate.workflow.checking import make_check
    from ssot_migrate.workflow.requests import CheckRequest

    names = ("update", "accept", "until", "against", "executed", "today")
    own = {name: options.pop(name) for name in names}
    if (own["update"] or own["accept"]) and not baseline:
        raise UsageError("--update and --accept need a --baseline", hint="--baseline ssot-baseline.txt")
    if own["until"] and not own["accept"]:
        raise UsageError("--until goes with --accept", hint='--accept "moves with the auth rewrite"')
    check = CheckRequest(
        today=(own["today"] or datetime.now(UTC)).date(),
        baseline=baseline,
        against=own["against"],
        update=own["update"],
        accept=" ".join(own["accept"].split()),
        until=own["until"].date().isoformat() if own["until"] else "",
        executed=own["executed"],
    )
    staged = options.pop("staged")
    request = to_request(**options, staged=staged)
    with Steps() as steps:
        checked = make_check(request, check, steps)
    show(checked, form, request)
    return exit_code(checked.report)


def show(checked: Checked, form: str, request: Request) -> None:
    """Print a check in one of its formats."""
    if form == "table":
        from ssot_migrate.cli.check_table import show_check

        show_check(checked.report)
        return
    from ssot_migrate.compliance.formats import FORMATS
    from ssot_migrate.workflow.pages import rule_pages

    pages = partial(rule_pages, request.path, request.trust)
    click.echo(FORMATS[form](checked.report, checked.plan, checked.read, pages), nl=False)


def exit_code(report: CheckReport) -> int:
    """DEBT if anything is not accepted, PARTIAL if files were lost, else OK."""
    if not report.holds:
        return ExitCode.DEBT
    return ExitCode.PARTIAL if report.problems else ExitCode.OK
