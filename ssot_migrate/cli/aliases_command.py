"""``ssot-migrate aliases``: who still uses which deprecated alias, and the end of those that nobody uses."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

import click
import msgspec

from ssot_migrate.cli.options import run_options
from ssot_migrate.cli.progress import Steps
from ssot_migrate.cli.requests import to_request
from ssot_migrate.cli.text import say
from ssot_migrate.errors import UsageError

if TYPE_CHECKING:
    from ssot_migrate.workflow.aliases import Alias


@click.command("aliases")
@run_options
@click.option("--prune", is_flag=True, help="Plan the removal of those that nothing uses.")
@click.option(
    "--out",
    type=click.Path(dir_okay=False),
    metavar="FILE",
    help="With --prune: seal the plan in FILE, for `apply --plan`.",
)
@click.option("--format", "form", type=click.Choice(["table", "json", "diff"]), default="table")
def command(prune: bool, out: str | None, form: str, **options: Any) -> int | None:  # noqa: ANN401 - click's
    """List the deprecated aliases in HEAD's commit: owner, day, and the files of each service that use them.

    With --prune, a plan that takes out those that nothing in this repository uses, before their day, too.
    """
    from ssot_migrate.workflow.aliases import RULE, list_aliases

    request = msgspec.structs.replace(to_request(**options), rules=(RULE,), include_review=prune)
    if prune:
        from ssot_migrate.cli.plan_command import give

        return give(request, form, out)
    if out or form == "diff":
        raise UsageError("--out and --format diff go with --prune", hint="ssot-migrate aliases --prune")
    with Steps() as steps:
        found = list_aliases(request, steps)
    if form == "json":
        click.echo(msgspec.json.format(msgspec.json.encode(found), indent=2).decode())
    else:
        show_aliases(found)
    return None


def show_aliases(found: Sequence[Alias]) -> None:
    """Print aliases, soonest day first."""
    for alias in sorted(found, key=lambda alias: (alias.until, alias.path, alias.line)):
        day = f"was to go on {alias.until}" if alias.over else f"goes on {alias.until or 'no plain day'}"
        say(f"{alias.path}:{alias.line}: {alias.name} ", bold=True, nl=False)
        say(f"for {alias.target} (owner {alias.owner}): {day}", fg="red" if alias.over else None)
        for service, paths in sorted(alias.users.items()):
            say(f"  {service}: {', '.join(paths)}")
        if not alias.users:
            say("  used by nobody here")
    if not found:
        say("no deprecated aliases")
