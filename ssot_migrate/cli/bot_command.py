"""``ssot-migrate bot``: what CI does on a schedule, and on every pull request."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ssot_migrate.cli.progress import Steps
from ssot_migrate.cli.text import pour, say
from ssot_migrate.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from ssot_migrate.fleet.config import Forge


@click.command("bot")
@click.argument("action", type=click.Choice(["propose", "comment"]))
@click.argument("path", default=".", type=click.Path(exists=True, file_okay=False))
@click.option("--forge", "kind", type=click.Choice(["github", "gitlab"]), required=True)
@click.option("--host", default="", metavar="HOST", help="Of the repository's URL [default: the maker's].")
@click.option("--api", default="", metavar="URL", help="Root of the API [default: as the forge has it].")
@click.option("--label", "labels", multiple=True, metavar="L", help="propose: of new requests; repeatable.")
@click.option("--draft", is_flag=True, help="propose: open drafts.")
@click.option("--include", type=click.Choice(["review"]), help="propose: change what is for review, too.")
@click.option(
    "--max-open", type=click.IntRange(min=0), metavar="N", help="propose: at most so many new ones."
)
@click.option("--number", type=click.IntRange(min=1), metavar="N", help="comment: of the pull request.")
@click.option(
    "--against", default="", metavar="REF", help="comment: the branch that it is to be merged into."
)
@click.option("--baseline", default="", metavar="FILE", help="comment: violations that are accepted for now.")
def command(action: str, path: str, **options: Any) -> int:  # noqa: ANN401 - click's
    """Open and refresh pull requests (propose), or say on one what it does to the score (comment).

    The token comes from SSOT_FLEET_TOKEN, GITHUB_TOKEN or GITLAB_TOKEN. `comment` fails by the ratchet of
    `check --diff`, whether or not it may comment.
    """
    from ssot_migrate.fleet.config import Forge

    forge = Forge(
        kind=options["kind"],
        host=options["host"],
        api=options["api"],
        labels=list(options["labels"]),
        draft=options["draft"],
    )
    return (
        _propose(Path(path), forge, options) if action == "propose" else _comment(Path(path), forge, options)
    )


def _propose(path: Path, forge: Forge, options: dict[str, Any]) -> int:
    from ssot_migrate.fleet.bot import propose
    from ssot_migrate.fleet.model import Result, Verdict
    from ssot_migrate.fleet.runs import Run

    def watch(_: Run, result: Result) -> None:
        for branch in result.branches:
            say(f"{branch.service}: {branch.outcome} {branch.request}".rstrip())

    outcome = propose(
        path,
        forge,
        include_review=options["include"] == "review",
        max_open=options["max_open"],
        watch=watch,
    )
    say(str(outcome))
    return ExitCode.PARTIAL if outcome.verdict is Verdict.FAILED else ExitCode.OK


def _comment(path: Path, forge: Forge, options: dict[str, Any]) -> int:
    from ssot_migrate.cli.check_command import exit_code
    from ssot_migrate.fleet.bot import compare, post
    from ssot_migrate.fleet.forges.errors import ForgeError

    if not options["number"] or not options["against"]:
        raise UsageError("comment needs --number and --against", hint="--number 12 --against origin/main")
    today = datetime.now(UTC).date()
    with Steps() as steps:
        found = compare(path, options["against"], options["baseline"], today, steps)
    pour(f"{found.text}\n")
    try:
        post(path, forge, options["number"], found.text)
    except ForgeError as error:
        click.secho(f"not commented: {error.message}", fg="yellow", err=True)
    return exit_code(found.report)
