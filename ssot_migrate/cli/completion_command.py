"""``ssot-migrate completion``: the script that makes a shell complete commands and options."""

from __future__ import annotations

import click


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
def command(shell: str) -> None:
    """Print the completion script of SHELL, to be sourced from its start-up file."""
    from click.shell_completion import get_completion_class

    from ssot_migrate.cli.app import app

    found = get_completion_class(shell)
    assert found is not None
    click.echo(found(app, {}, "ssot-migrate", "_SSOT_MIGRATE_COMPLETE").source())
