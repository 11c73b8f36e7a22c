"""``ssot-migrate undo``: take back what a run wrote."""

from __future__ import annotations

from pathlib import Path

import click

from ssot_migrate.cli.options import repository_option
from ssot_migrate.cli.text import say
from ssot_migrate.errors import ExitCode, UsageError
from ssot_migrate.git.undo import Undone


@click.command("undo")
@click.argument("ref", required=False)
@click.option("--last", is_flag=True, help="Undo the newest run.")
@repository_option
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
def command(ref: str | None, last: bool, path: str, form: str) -> int:
    """Take back the run of `apply` that wrote the branch REF: its branches, reports or edits in place.

    Only what still is as the run left it: a branch with commits of yours stays, and so does a changed file.
    """
    if bool(ref) == last:
        raise UsageError("name a branch, or say --last", hint="such as `ssot-migrate undo --last`")
    from ssot_migrate.git.repository import Repository
    from ssot_migrate.git.undo import undo

    undone = undo(Repository.open(Path(path)), ref or "")
    _show(undone, form)
    return ExitCode.PARTIAL if undone.left else ExitCode.OK


def _show(undone: Undone, form: str) -> None:
    if form == "json":
        import msgspec

        click.echo(msgspec.json.encode(undone))
        return
    for name in (*undone.refs, *undone.files):
        say(f"undone: {name.removeprefix('refs/heads/')}")
    for left in undone.left:
        say(f"left: {left.name.removeprefix('refs/heads/')} {left.reason}", fg="yellow", err=True)
    if not (undone.refs or undone.files or undone.left):
        say("nothing to undo: all is as it was before")
