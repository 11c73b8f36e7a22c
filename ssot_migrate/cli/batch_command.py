"""``ssot-migrate batch``: a fleet of repositories."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from ssot_migrate.errors import ExitCode, UsageError

if TYPE_CHECKING:
    from ssot_migrate.fleet.config import Fleet
    from ssot_migrate.fleet.executors import Executor
    from ssot_migrate.fleet.model import Result
    from ssot_migrate.fleet.running import Ask
    from ssot_migrate.fleet.state import Run, State

_ACTIONS = ("plan", "apply", "verify", "push", "status", "cancel", "merge", "report")


@click.command("batch")
@click.argument("fleet", type=click.Path(dir_okay=False), metavar="FLEET")
@click.argument("action", type=click.Choice(_ACTIONS))
@click.argument("parts", nargs=-1, type=click.Path(exists=True, file_okay=False))
@click.option("--resume", is_flag=True, help="Go on with the last run of this action, if it did not end.")
@click.option("--only", type=click.Choice(["failed"]), help="Only the units that failed in the last run.")
@click.option(
    "--jobs", type=click.IntRange(min=1), metavar="N", help="Units at a time [default: one a core]."
)
@click.option("--shard", default="1/1", metavar="I/N", help="Only the I-th of N parts of the fleet.")
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
def command(fleet: str, **options: Any) -> int:  # noqa: ANN401 - click's
    """Plan, apply and push many repositories, each one in a process of its own.

    FLEET is a fleet.toml. A run that was killed goes on with --resume; nothing is ever pushed twice.
    """
    from ssot_migrate.fleet.config import read_fleet
    from ssot_migrate.fleet.state import State

    path = Path(fleet)
    config = read_fleet(path)
    with State(path.parent / config.state) as state:
        if options["action"] == "status":
            return _status(state, options["form"])
        if options["action"] == "cancel":
            return _cancel(state)
        if options["action"] == "merge":
            return _merge(state, options)
        if options["action"] == "report":
            return _report(state, path, Path(options["html"]))
        return _act(path, config, state, options)


def _status(state: State, form: str) -> int:
    from ssot_migrate.cli.batch_tables import show_run

    run = state.last_run()
    if run is None:
        raise UsageError("this fleet has not run yet", hint="`ssot-migrate batch FLEET plan`")
    return show_run(run, state.rows(run), form)


def _cancel(state: State) -> int:
    run: Run | None = state.last_run()
    if run is None or run.ended is not None:
        click.echo("nothing runs")
        return 0
    state.cancel(run)
    click.echo(f"run {run.id} ({run.action.value}) will stop; --resume goes on with it")
    return 0


def _act(path: Path, config: Fleet, state: State, options: dict[str, Any]) -> int:
    from ssot_migrate.cli.batch_tables import show_run, show_sent
    from ssot_migrate.fleet.log import Log
    from ssot_migrate.fleet.running import run_action
    from ssot_migrate.fleet.telemetry import Telemetry
    from ssot_migrate.fleet.units import find_units

    ask = _ask(options)
    units = find_units(config, path.parent)
    executor = _executor(options["scheduler"], options["jobs"])
    if ask.dry:
        results: list[Result] = []
        with state.copy() as scratch:
            run_action(config, units, scratch, ask, executor, lambda _, result: results.append(result))
        show_sent(results)
        return ExitCode.OK
    log = Log(lambda line: click.echo(line, err=True), as_json=options["log"] == "json")
    telemetry = Telemetry()

    def watch(run: Run, result: Result) -> None:
        log.unit(run, result)
        telemetry.unit(run, result)

    try:
        ended = run_action(config, units, state, ask, executor, watch)
    finally:
        telemetry.close()
    log.end(ended)
    return show_run(ended.run, ended.rows, options["form"])


def _merge(state: State, options: dict[str, Any]) -> int:
    from ssot_migrate.cli.batch_tables import show_run
    from ssot_migrate.fleet.merging import merge

    if not options["parts"]:
        raise UsageError("merge what?", hint="name the `state` folders of the shards")
    run = merge(state, [Path(part) for part in options["parts"]])
    return show_run(run, state.rows(run), options["form"])


def _report(state: State, fleet: Path, html: Path) -> int:
    from ssot_migrate.fleet.dashboard import render
    from ssot_migrate.plans.store import write_whole

    write_whole(html, render(state, title=fleet.resolve().parent.name).encode(), "the page")
    click.echo(f"wrote {html}")
    return ExitCode.OK


def _ask(options: dict[str, Any]) -> Ask:
    from ssot_migrate.fleet.model import Action
    from ssot_migrate.fleet.running import Ask

    part, _, parts = options["shard"].partition("/")
    if not (part.isdecimal() and parts.isdecimal() and 1 <= int(part) <= int(parts)):
        raise UsageError(f"{options['shard']!r} is no shard", hint="--shard 1/4 to --shard 4/4")
    return Ask(
        Action(options["action"]),
        options["resume"],
        options["only"] == "failed",
        (int(part), int(parts)),
        options["max_open"],
        options["wave"],
        options["dry"],
    )


def _executor(scheduler: str, jobs: int | None) -> Executor:
    if scheduler:
        from ssot_migrate.fleet.cluster import cluster

        return cluster(scheduler)
    from ssot_migrate.fleet.executors import local

    return local(jobs or os.cpu_count() or 1)
