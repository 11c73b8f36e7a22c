"""``ssot-migrate init``: the runtime, as files that the team owns from then on."""

from __future__ import annotations

import click

from ssot_migrate.cli.text import pour, say
from ssot_migrate.reports.counted import counted
from ssot_migrate.workflow.init import Installed, init_runtime


@click.command("init")
@click.argument("path", default=".", type=click.Path(exists=True, file_okay=False))
@click.option("--upgrade", is_flag=True, help="Replace files that you have not changed; show the others.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
def command(path: str, upgrade: bool, form: str) -> None:
    """Put the SSOT runtime into the working tree: test bases, environment, mocks, services, runner, suites.

    Files that are there already are kept. What came from here is remembered in
    test_framework/ssot/MANIFEST.sha256, so that --upgrade replaces only what nobody has changed.
    """
    installed = init_runtime(path, upgrade=upgrade)
    if form == "json":
        import msgspec

        click.echo(msgspec.json.encode(installed))
        return
    _show(installed)


def _show(installed: Installed) -> None:
    for name in installed.written:
        say(f"wrote {name}")
    for kept in installed.kept:
        say(f"kept {kept.path}: {kept.reason}")
    for left in installed.left_out:
        say(f"left out {left.path}: {left.reason}", fg="yellow", err=True)
    for name in installed.ignored:
        say(f"git ignores {name}: add it with `git add --force`", fg="yellow", err=True)
    if installed.warning:
        say(installed.warning, fg="yellow", err=True)
    for kept in installed.kept:
        pour(kept.diff)
    done = [f"{counted(len(installed.written), 'file')} written"]
    done += [f"{len(installed.kept)} kept"] if installed.kept else []
    done += [f"{len(installed.left_out)} left out"] if installed.left_out else []
    say(", ".join(done), err=True)
    if installed.written:
        say("next: test_framework/ssot/README.md says what each part is for and needs", err=True)
