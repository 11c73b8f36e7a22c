"""What a fleet costs: many repositories, generated and from source archives, planned by ``batch``.

``python bench/fleet.py --archives DIR --units 200 --jobs 2`` writes a line of JSON for each run and kind of
repository; with ``--cluster`` the jobs are Dask workers, each a process, and none of the runner's own.
CPU seconds are those of the units' own processes, so that they mean something on a machine that is busy.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import example
from dask_cluster import clustered
from fleet_repositories import lay_out, lines_of

Row = dict[str, Any]
Sizes = Mapping[str, tuple[int, int]]


@contextmanager
def cluster(where: Path, workers: int, env: dict[str, str]) -> Iterator[str]:
    """The address of a Dask scheduler with ``workers`` processes, all of them there."""
    from distributed import Client

    with clustered(where, env) as found:
        found.scheduler()
        for number in range(workers):
            found.worker(f"{number}")
        with Client(found.address, timeout=120) as client:  # type: ignore[no-untyped-call]
            client.wait_for_workers(workers, timeout=120)
        yield found.address


def run(where: Path, words: Sequence[str], env: dict[str, str]) -> tuple[Row, list[Row]]:
    """One run with caches that know nothing: what the runner took, and what its units told."""
    shutil.rmtree(where / ".ssot-fleet", ignore_errors=True)
    for cache in where.glob("cache*"):
        shutil.rmtree(cache)
    command = [sys.executable, "-m", "ssot_migrate", "batch", "fleet.toml", *words, "--log", "json"]
    load, begin, before = os.getloadavg()[0], time.perf_counter(), _children()
    done = subprocess.run(command, cwd=where, env=env, capture_output=True, check=False)
    seconds = time.perf_counter() - begin
    rows = [row for row in map(json.loads, done.stderr.splitlines()) if row["event"] == "unit"]
    head = {"load": round(load, 1), "seconds": round(seconds, 1), "cpu_all": round(_children() - before, 1)}
    state = (where / ".ssot-fleet" / "fleet.sqlite").stat().st_size
    return head | {"units_a_minute": round(len(rows) / seconds * 60, 1), "state_kb": state // 1000}, rows


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def summary(rows: Sequence[Row], sizes: Sizes) -> Row:
    """What ``rows`` took; by the unit and by a million lines, if a line can be drawn through them."""
    cpu = [float(row["cpu"]) for row in rows]
    memory = [int(row["megabytes"]) for row in rows]
    verdicts = [str(row["verdict"]) for row in rows]
    found = {
        "units": len(rows),
        "files": sum(sizes[row["unit"]][0] for row in rows),
        "lines": sum(sizes[row["unit"]][1] for row in rows),
        "verdicts": {verdict: verdicts.count(verdict) for verdict in sorted(set(verdicts))},
        "cpu": round(sum(cpu), 1),
        "cpu_median": round(statistics.median(cpu), 2),
        "megabytes_median": statistics.median(memory),
        "megabytes_most": max(memory),
    }
    if len(rows) < 3:
        return found
    million = [sizes[row["unit"]][1] / 1e6 for row in rows]
    slope, intercept = statistics.linear_regression(million, cpu)
    fit = {"cpu_per_unit": round(intercept, 2), "cpu_per_million_lines": round(slope, 1)}
    return found | fit | {"r": round(statistics.correlation(million, cpu), 3)}


def measured(where: Path, words: Sequence[str], archives: int, sizes: Sizes, env: dict[str, str]) -> None:
    """Print one run: as a whole, and by what its repositories are."""
    head, rows = run(where, words, env)
    kinds = {"together": rows}
    if 0 < archives < len(rows):
        real = {f"repos/{number:03}" for number in range(archives)}
        kinds["source archives"] = [row for row in rows if row["unit"] in real]
        kinds["generated"] = [row for row in rows if row["unit"] not in real]
    for kind, some in kinds.items():
        print(json.dumps({"kind": kind, **head, **summary(some, sizes)}), flush=True)
    for row in rows:
        if row["verdict"] == "failed":
            print(json.dumps({"failed": row["unit"], "reason": row["reason"]}), flush=True)


def main() -> None:
    """Lay out, measure, print."""
    parser = argparse.ArgumentParser(description="What a fleet costs.")
    parser.add_argument("--archives", type=Path, help="a folder of source archives (.tar.gz)")
    parser.add_argument("--units", type=int, default=200)
    parser.add_argument("--jobs", type=int, nargs="+", default=[2])
    parser.add_argument("--cluster", action="store_true", help="so many Dask workers instead")
    parser.add_argument("--action", default="plan")
    options = parser.parse_args()
    archives = sorted(options.archives.glob("*.tar.gz")) if options.archives else []
    with tempfile.TemporaryDirectory(prefix="fleet-") as folder:
        where = Path(folder)
        env = example.environment(where, PYTHONPATH=os.pathsep.join(filter(None, sys.path)))
        lay_out(where, archives, options.units, env)
        sizes, some = lines_of(where), min(len(archives), options.units)
        for jobs in options.jobs:
            print(json.dumps({"jobs": jobs, "cluster": options.cluster}), flush=True)
            if options.cluster:
                with cluster(where, jobs, env) as address:
                    measured(where, [options.action, "--scheduler", address], some, sizes, env)
            else:
                measured(where, [options.action, "--jobs", str(jobs)], some, sizes, env)


if __name__ == "__main__":
    main()
