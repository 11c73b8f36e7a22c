"""``ssot-migrate verify``: the tests before and after, and what breaks them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import click

from ssot_migrate.cli.options import planning_options, repository_option, verify_options
from ssot_migrate.cli.progress import Steps
from ssot_migrate.cli.requests import plan_for, to_request, to_verify
from ssot_migrate.cli.text import say
from ssot_migrate.cli.verify_table import show_verified
from ssot_migrate.decisions import merge
from ssot_migrate.decisions.file import load, save
from ssot_migrate.errors import ExitCode, UsageError
from ssot_migrate.workflow.verifying import Verified, verify_branch, verify_plan


@click.command("verify")
@click.argument("branch", required=False)
@click.option("--plan", "plan_file", type=click.Path(dir_okay=False), metavar="FILE", help="A sealed plan.")
@planning_options
@verify_options
@repository_option
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
def command(branch: str | None, plan_file: str | None, form: str, **options: Any) -> int:  # noqa: ANN401
    """Run the tests of BRANCH, or of the branches that a plan would make, before and after; compare them.

    This runs code of the repository. What breaks a test is searched for, and set aside in the file of
    --decisions. No branch is written, and the working tree is not touched.
    """
    if branch and plan_file:
        raise UsageError("name a branch or a plan, not both", hint="`ssot-migrate verify BRANCH`")
    verify = to_verify(options)
    request = to_request(**options, new_decisions=True)
    with Steps() as steps:
        if branch:
            verified = verify_branch(branch, request, verify, steps)
        else:
            _, verified = verify_plan(plan_for(plan_file, request), request, verify, steps)
    show(verified, form)
    keep(verified, options["decisions"])
    return ExitCode.OK if verified.holds and not verified.decisions else ExitCode.UNPROVEN


def show(verified: Verified, form: str) -> None:
    """Print what was found."""
    if form == "json":
        import msgspec

        click.echo(msgspec.json.encode(verified))
    else:
        show_verified(verified)


def keep(verified: Verified, file: str | None) -> None:
    """Add what was set aside to the decisions in ``file``, if one is named."""
    if file and verified.decisions:
        known = load(Path(file)) if Path(file).exists() else ()
        save(merge(known, verified.decisions), Path(file))
        say(f"set aside in {file}", err=True)
