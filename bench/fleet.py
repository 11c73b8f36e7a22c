"""What a fleet costs: many repositories, generated and from source archives, planned by ``batch``.

``python bench/fleet.py --archives DIR --units 200 --jobs 1 2`` writes a line of JSON per run. CPU seconds are
those of the units' own processes, so that they mean something on a machine that does other work, too.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import tarfile
import tempfile
import time
from pathlib import Path

import example

_LEGACY = """\
import os
import unittest
from unittest.mock import AsyncMock, MagicMock, patch


class Test{name}(unittest.TestCase):
    def setUp(self):
        self.url = os.environ.get("URL_{n}", "http://localhost")
        os.environ["MODE_{n}"] = "test"
        self.store = MagicMock()

    def test_{n}_reads(self):
        self.store.get.return_value = {n}
        self.assertEqual(self.store.get("key"), {n})
"""
_PLAIN = '''\
"""Module {n}."""


def total_{n}(rows: list[dict[str, int]]) -> int:
    """Sum of what counts."""
    found = 0
    for row in rows:
        if row.get("kind", 0) == {n}:
            found += row["amount"]
    return found


class Entry{n}:
    """An entry."""

    def __init__(self, amount: int) -> None:
        self.amount = amount

    def doubled(self) -> int:
        return self.amount * 2
'''


def generated(root: Path, number: int) -> None:
    """A repository of 10 to 630 files in one to five services, a fifth of them legacy tests."""
    chance = random.Random(number)
    files = int(10 ** chance.uniform(1, 2.8))
    services = [f"service_{index}" for index in range(chance.randint(1, 5))]
    for n in range(files):
        service = chance.choice(services)
        legacy = chance.random() < 0.2
        folder = root / service / ("tests" if legacy else "app") / f"part_{n % 7}"
        folder.mkdir(parents=True, exist_ok=True)
        text = _LEGACY.format(n=n, name=f"Case{n}") if legacy else _PLAIN.format(n=n) * chance.randint(1, 8)
        (folder / (f"test_{n}.py" if legacy else f"module_{n}.py")).write_text(text)


def unpacked(archive: Path, root: Path) -> None:
    """A source archive as a repository."""
    with tarfile.open(archive) as tar:
        tar.extractall(root, filter="data")


def lay_out(where: Path, archives: list[Path], units: int, env: dict[str, str]) -> None:
    """``units`` repositories below ``where/repos``, and the fleet.toml that names them."""
    for number in range(units):
        root = where / "repos" / f"{number:03}"
        if number < len(archives):
            unpacked(archives[number], root)
        else:
            generated(root, number)
        for words in (("init", "-q"), ("add", "-A", "-f"), ("commit", "-qm", "base")):
            example.run(["git", "-c", "user.name=B", "-c", "user.email=b@example.invalid", *words], root, env)
    (where / "fleet.toml").write_text('[[group]]\nname = "all"\nrepositories = ["repos/*"]\n')


def lines_of(where: Path) -> dict[str, int]:
    """Lines of Python by unit."""
    found: dict[str, int] = {}
    for root in sorted((where / "repos").iterdir()):
        texts = (path.read_bytes() for path in root.rglob("*.py") if path.is_file())
        found[f"repos/{root.name}"] = sum(text.count(b"\n") for text in texts)
    return found


def measured(
    where: Path, jobs: int, action: str, lines: dict[str, int], env: dict[str, str]
) -> dict[str, object]:
    """One run with caches that know nothing, and what its units took: by the unit, and by their lines."""
    shutil.rmtree(where / ".ssot-fleet", ignore_errors=True)
    shutil.rmtree(where / "cache", ignore_errors=True)
    command = [sys.executable, "-m", "ssot_migrate", "batch", "fleet.toml", action]
    load, begin = os.getloadavg()[0], time.perf_counter()
    done = subprocess.run(
        [*command, "--jobs", str(jobs), "--log", "json"], cwd=where, env=env, capture_output=True, check=False
    )
    seconds = time.perf_counter() - begin
    rows = [row for row in map(json.loads, done.stderr.splitlines()) if row["event"] == "unit"]
    return {
        "jobs": jobs,
        "action": action,
        "load": round(load, 1),
        "seconds": round(seconds, 1),
        **_of(rows, lines),
    }


def _of(rows: list[dict[str, object]], lines: dict[str, int]) -> dict[str, object]:
    cpu = [float(str(row["cpu"])) for row in rows]
    memory = [int(str(row["megabytes"])) for row in rows]
    verdicts = [str(row["verdict"]) for row in rows]
    million = [lines[str(row["unit"])] / 1e6 for row in rows]
    slope, intercept = statistics.linear_regression(million, cpu)
    return {
        "cpu_per_unit": round(intercept, 2),
        "cpu_per_million_lines": round(slope, 1),
        "units": len(rows),
        "verdicts": {verdict: verdicts.count(verdict) for verdict in sorted(set(verdicts))},
        "cpu": round(sum(cpu), 1),
        "cpu_median": round(statistics.median(cpu), 2),
        "megabytes_median": statistics.median(memory),
        "megabytes_most": max(memory),
    }


def main() -> None:
    """Lay out, measure, print."""
    parser = argparse.ArgumentParser(description="What a fleet costs.")
    parser.add_argument("--archives", type=Path, help="a folder of source archives (.tar.gz)")
    parser.add_argument("--units", type=int, default=200)
    parser.add_argument("--jobs", type=int, nargs="+", default=[2])
    parser.add_argument("--action", default="plan")
    options = parser.parse_args()
    archives = sorted(options.archives.glob("*.tar.gz")) if options.archives else []
    with tempfile.TemporaryDirectory(prefix="fleet-") as folder:
        where = Path(folder)
        env = example.environment(where, PYTHONPATH=os.pathsep.join(filter(None, sys.path)))
        lay_out(where, archives, options.units, env)
        lines = lines_of(where)
        print(json.dumps({"lines": sum(lines.values()), "archives": len(archives)}), flush=True)
        for jobs in options.jobs:
            print(json.dumps(measured(where, jobs, options.action, lines, env)), flush=True)


if __name__ == "__main__":
    main()
