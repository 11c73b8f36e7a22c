"""``ssot-migrate verify-branch``: whether a branch is what its plan makes, and nothing else."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import click

from ssot_migrate.cli.options import planning_options, repository_option
from ssot_migrate.cli.progress import Steps
from ssot_migrate.cli.requests import to_request
from ssot_migrate.cli.text import say
from ssot_migrate.errors import ExitCode
from ssot_migrate.reports.counted import counted

if TYPE_CHECKING:
    from ssot_migrate.workflow.attesting import Attested


@click.command("verify-branch")
@click.argument("ref")
@click.option("--plan", "plan_file", type=click.Path(dir_okay=False), metavar="FILE", help="Its plan.")
@planning_options
@repository_option
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
def command(ref: str, plan_file: str | None, form: str, **options: Any) -> int:  # noqa: ANN401 - click's
    """Derive the branch REF anew from its base and the plan that its commits name, and compare.

    No code of the repository runs. Commits of people on top are listed apart.
    """
    from ssot_migrate.workflow.attesting import attest

    with Steps() as steps:
        attested = attest(ref, to_request(**options), steps, plan_file or "")
    if form == "json":
        import msgspec

        click.echo(msgspec.json.encode(attested))
    else:
        _show(attested)
    return ExitCode.OK if attested.holds else ExitCode.UNPROVEN


def _show(attested: Attested) -> None:
    colour = "green" if attested.holds else "red"
    verdict = "is" if not attested.differs else "is not"
    made = f"{counted(attested.commits, 'commit')}, {counted(attested.files, 'file')}"
    say(f"{attested.ref} {verdict} what plan {attested.plan[:12]} makes: {made}", fg=colour)
    for name in attested.differs:
        say(f"  not of the plan: {name}")
    if attested.derived:
        say(f"  the plan is what the rules make of {attested.base[:12]}")
        say(f"  to review: {counted(attested.clusters, 'cluster')}, as `ssot-migrate review` shows them")
    else:
        say(f"  planning anew gives another plan; this one was made by ssot-migrate {attested.tool}")
    for other in attested.others:
        files = counted(len(other.paths), "file")
        say(f"  besides: {other.commit[:12]} {other.subject} ({other.author}, {files})")
