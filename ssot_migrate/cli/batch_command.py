"""``ssot-migrate batch``: a fleet of repositories."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ssot_migrate.cli.text import say
from ssot_migrate.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from ssot_migrate.fleet.config import Fleet
    from ssot_migrate.fleet.state import State

_ACTIONS = ("plan", "apply", "verify", "push", "status", "cancel", "report")


@click.command("batch")
@click.argument("fleet", type=click.Path(dir_okay=False), metavar="FLEET")
@click.argument("action", type=click.Choice(_ACTIONS))
@click.argument("words", nargs=-1, metavar="[merge PART...]")
@click.option("--resume", is_flag=True, help="Go on with the last run of this action, if it did not end.")
@click.option("--only", type=click.Choice(["failed"]), help="Only the units that failed in the last run.")
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="Units at a time [default: one a core]."
)
@click.option(
    "--shard", default="1/1", metavar="I/N", help="Only the I-th of N parts of the fleet; `merge` joins them."
)
@click.option("--dry-run", "dry", is_flag=True, help="push: print what would be sent, and send nothing.")
@click.option(
    "--max-open", type=click.IntRange(min=0), metavar="N", help="push: at most so many open pull requests."
)
@click.option(
    "--wave",
    type=click.FloatRange(0, 1),
    metavar="SHARE",
    help="push: a canary first, then by waves; stop where more than this share of a wave fails.",
)
@click.option(
    "--scheduler", default="", metavar="URL", help="Use the workers of this Dask scheduler, tcp://HOST:PORT."
)
@click.option(
    "--html", type=click.Path(dir_okay=False), default="fleet.html", metavar="FILE", help="report: where to."
)
@click.option("--log", type=click.Choice(["text", "json"]), default="text", help="How units are told of.")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table")
def command(fleet: str, action: str, words: tuple[str, ...], **options: Any) -> int:  # noqa: ANN401 - click's
    """Plan, apply and push many repositories, each one in a process of its own.

    FLEET is a fleet.toml. A run that was killed goes on with --resume; nothing is ever pushed twice.
    `plan merge PART...` makes one run of what the jobs of a CI matrix did, each with its --shard; a PART is
    the state folder of one.
    """
    from ssot_migrate.cli import batch_running
    from ssot_migrate.fleet.config import read_fleet
    from ssot_migrate.fleet.state import State

    path = Path(fleet)
    config = read_fleet(path)
    with State(path.parent / config.state) as state:
        if action in ("status", "cancel", "report"):
            _require_none(words)
            return _look(state, action, path, options)
        if words:
            return _merge(path, config, state, action, words, options["form"])
        return batch_running.run(path, config, state, action, options)


def _require_none(words: tuple[str, ...]) -> None:
    if words:
        raise UsageError(
            f"nobody knows what {words[0]!r} is for",
            hint="only `plan`, `apply`, `verify` and `push` are merged",
        )


def _look(state: State, action: str, path: Path, options: dict[str, Any]) -> int:
    if action == "report":
        return _report(state, path, Path(options["html"]))
    return _cancel(state) if action == "cancel" else _status(state, options["form"])


def _status(state: State, form: str) -> int:
    from ssot_migrate.cli.batch_tables import show_run
    from ssot_migrate.fleet.runs import last_run, rows_of

    run = last_run(state)
    if run is None:
        raise UsageError("this fleet has not run yet", hint="`ssot-migrate batch FLEET plan`")
    return show_run(run, rows_of(state, run), form)


def _cancel(state: State) -> int:
    from ssot_migrate.fleet.runs import cancel, last_run

    run = last_run(state)
    if run is None or run.ended is not None:
        click.echo("nothing runs")
        return ExitCode.OK
    cancel(state, run)
    click.echo(f"run {run.id} ({run.action.value}) will stop; --resume goes on with it")
    return ExitCode.OK


def _report(state: State, fleet: Path, html: Path) -> int:
    from ssot_migrate.fleet.dashboard import render
    from ssot_migrate.plans.store import write_whole

    write_whole(html, render(state, title=fleet.resolve().parent.name).encode(), "the page")
    say(f"wrote {html}")
    return ExitCode.OK


def _merge(path: Path, config: Fleet, state: State, action: str, words: tuple[str, ...], form: str) -> int:
    from ssot_migrate.cli.batch_tables import show_run
    from ssot_migrate.fleet.merging import merge
    from ssot_migrate.fleet.model import Action
    from ssot_migrate.fleet.runs import rows_of
    from ssot_migrate.fleet.units import find_units

    verb, *parts = words
    if verb != "merge" or not parts:
        hint = f"`{action}`, or `{action} merge PART...` with the `state` folders of the shards"
        raise UsageError(f"{action} {' '.join(words)}: what is that?", hint=hint)
    run = merge(state, Action(action), find_units(config, path.parent), [Path(part) for part in parts])
    return show_run(run, rows_of(state, run), form)
