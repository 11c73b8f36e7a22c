"""The command group: sub-commands are imported when called, so that ``--help`` stays quick."""

from __future__ import annotations

import gc
import importlib
import sys
from collections.abc import Sequence

import click

from ssot_migrate import __version__

_COMMANDS = {
    "aliases": "List deprecated aliases and who still uses them; plan the end of those that nobody uses.",
    "apply": "Rewrite onto the SSOT APIs: one branch per service, with its diff report.",
    "batch": "Plan, apply and push a fleet of repositories, each in a process of its own.",
    "bot": "What CI does: open pull requests on a schedule, and say on others what they do to the score.",
    "bowler": "Plan what an existing Bowler query does, over files that Bowler can read.",
    "check": "Compliance score, and a ratchet: fail on new debt.",
    "completion": "Print the completion script of a shell.",
    "conflicts": "Show with whose open branches the migration would conflict, before there is one.",
    "diff": "Show what a plan would change, as a unified diff.",
    "explain": "Show a rule's page.",
    "init": "Put the SSOT runtime into the working tree, as files that you own.",
    "new": "Scaffold a rule: one module and one golden folder.",
    "plan": "Dry run: what would change, what would not, and why.",
    "review": "Read a plan by clusters, and accept or reject changes.",
    "rules": "List the rules.",
    "test-rule": "Run rules of your own over their goldens.",
    "trend": "Draw the compliance of each service over the history; alert where it falls.",
    "undo": "Take back what a run of apply wrote, and nothing else.",
    "verify": "Run the tests before and after, and find the changes that break them.",
    "verify-branch": "Derive a branch anew from its plan, and see that it holds nothing else.",
}


class LazyGroup(click.Group):
    """A group whose commands live in modules of their own name, imported on use."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """The names of all commands."""
        return list(_COMMANDS)

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """The command called ``cmd_name``."""
        if cmd_name not in _COMMANDS:
            return None
        module = importlib.import_module(f"ssot_migrate.cli.{cmd_name.replace('-', '_')}_command")
        command: click.Command = module.command
        return command

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """Write the list of commands without importing them."""
        with formatter.section("Commands"):
            formatter.write_dl(list(_COMMANDS.items()))


@click.group(cls=LazyGroup, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="ssot-migrate")
def app() -> None:
    """Move a large Python code base onto single sources of truth for its tests.

    Exit codes: 0 done or nothing to do, 1 failed, 2 usage, 3 stale plan, 4 partial (files that
    could not be read, crashed a rule, or are left to whoever changed them), 5 refused, 6 changes
    pending (with --detailed-exitcode), 7 debt (`check`, `trend`), 8 unproven (`verify`),
    130 interrupted.
    """


def main(argv: Sequence[str] | None = None) -> None:
    """Run the command line and exit with a documented code."""
    # Plans are plain data in which nothing refers to itself: looking for such things finds none.
    gc.set_threshold(1_000_000)
    arguments = list(sys.argv[1:] if argv is None else argv)
    from ssot_migrate.cli.failures import run

    status = run(app, arguments)
    # Nor does the interpreter, which would look once more at its end, for a tenth of a short run.
    gc.freeze()
    sys.exit(status)
