"""``ssot-migrate apply``: branches with their reports, or edits in place."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from ssot_migrate.cli.conflicts_command import show_forecast
from ssot_migrate.cli.options import request_options, verify_options
from ssot_migrate.cli.requests import plan_for, to_request, to_verify
from ssot_migrate.cli.text import say
from ssot_migrate.errors import ExitCode
from ssot_migrate.findings import Problem
from ssot_migrate.reports.counted import counted
from ssot_migrate.reports.lines import problem_line
from ssot_migrate.verify.model import Verification
from ssot_migrate.workflow import apply_plan
from ssot_migrate.workflow.applied import Applied


@click.command("apply")
@request_options
@click.option(
    "--plan",
    "plan_file",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="A plan that `plan --out` sealed.",
)
@click.option("--in-place", is_flag=True, help="Edit the working tree instead of writing branches.")
@click.option(
    "--report",
    type=click.Path(file_okay=False),
    metavar="DIR",
    help="Where reports go [default: git's own folder].",
)
@click.option("--force", is_flag=True, help="Replace branches of the same name.")
@click.option("--resume", is_flag=True, help="Finish the newest run, which was interrupted.")
@click.option(
    "--rebase", metavar="REF", help="Make the branch REF anew on HEAD, with people's commits on it."
)
@click.option("--verify", is_flag=True, help="Prove each branch by its tests before it is created.")
@verify_options
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
def command(
    plan_file: str | None,
    in_place: bool,
    report: str | None,
    force: bool,
    resume: bool,
    rebase: str | None,
    verify: bool,
    form: str,
    **options: Any,  # noqa: ANN401
) -> int:
    """Rewrite onto the SSOT APIs: one branch per service, never touching working tree, index or HEAD.

    With no --plan, plans first. Branches are stacked on ssot/foundation/… where several need the same.
    --rebase keeps a branch's name, its plan's options and decisions, and says what changed since its review.
    """
    how = to_verify(options)
    request = to_request(**options, new_decisions=verify)
    folder = Path(report) if report else None
    if rebase:
        from ssot_migrate.cli.rebasing import run_rebase

        return run_rebase(
            rebase,
            request,
            plan_file=plan_file or "",
            report=folder,
            how=how if verify else None,
            decisions=options["decisions"],
            form=form,
        )
    plan = plan_for(plan_file, request)
    proofs: tuple[Verification, ...] = ()
    partial = bool(plan.problems)
    if verify:
        from ssot_migrate.cli.proving import proven

        plan, verified = proven(plan, request, how, options["decisions"])
        proofs, partial = verified.branches, partial or bool(verified.set_aside)
    applied = apply_plan(
        plan, request, in_place=in_place, report=folder, force=force, resume=resume, proofs=proofs
    )
    _show(applied, form, plan.problems)
    if applied.stale:
        return ExitCode.STALE
    return ExitCode.PARTIAL if partial else ExitCode.OK


def _show(applied: Applied, form: str, problems: Sequence[Problem]) -> None:
    if form == "json":
        import msgspec

        click.echo(msgspec.json.encode(applied))
        return
    for stale in applied.stale:
        say(f"left out: {stale.path} {stale.reason}", fg="yellow", err=True)
    show_forecast(applied.foreseen)
    for path in applied.written:
        say(f"wrote {path}")
    for item in applied.branches:
        note = " (was there already)" if item.branch.existed else ""
        files = counted(len(item.branch.paths), "file")
        say(f"{item.branch.ref.removeprefix('refs/heads/')}{note}: {files}")
        say(f"  report: {item.report}")
    for problem in problems:
        say(problem_line(problem), fg="yellow")
    if applied.branches:
        say("next: open a report.html; `ssot-migrate undo --last` takes it all back")
    if not applied.branches and not applied.written:
        say("nothing to do")
