"""One action over a fleet, as the command line asks for it: what is done, where, and who is told."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from ssot_migrate.cli.batch_tables import show_run, show_sent
from ssot_migrate.cli.text import say
from ssot_migrate.errors import UsageError
from ssot_migrate.fleet.config import Fleet
from ssot_migrate.fleet.executors import Executor, local
from ssot_migrate.fleet.log import Log
from ssot_migrate.fleet.model import Action, Result
from ssot_migrate.fleet.running import Ask, run_action
from ssot_migrate.fleet.runs import Run
from ssot_migrate.fleet.state import State
from ssot_migrate.fleet.telemetry import Telemetry
from ssot_migrate.fleet.units import find_units


def run(path: Path, config: Fleet, state: State, action: str, options: dict[str, Any]) -> int:
    """Do ``action`` on the units of the fleet at ``path``, and give the exit code."""
    ask = _ask(action, options)
    units = find_units(config, path.parent)
    executor = _executor(options["scheduler"], options["jobs"])
    if ask.dry:
        results: list[Result] = []
        with state.copy() as scratch:
            run_action(config, units, scratch, ask, executor, lambda _, result: results.append(result))
        return show_sent(results)
    log = Log(lambda line: say(line, err=True), as_json=options["log"] == "json")
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


def _ask(action: str, options: dict[str, Any]) -> Ask:
    part, _, parts = options["shard"].partition("/")
    if not (part.isdecimal() and parts.isdecimal() and 1 <= int(part) <= int(parts)):
        raise UsageError(f"{options['shard']!r} is no shard", hint="--shard 1/4 to --shard 4/4")
    return Ask(
        Action(action),
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
    return local(jobs or os.cpu_count() or 1)
