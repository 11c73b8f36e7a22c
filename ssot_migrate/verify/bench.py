"""The bench on which trees are tested: one folder, one environment, one command, one run at a time.

Every tree is laid out at the same place, so that no test can tell the runs apart by where it stands.
"""

from __future__ import annotations

import json
import os
import secrets
import shutil
import tempfile
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path
from typing import NamedTuple

import msgspec

from ssot_migrate.verify.model import Outcome, Run, Test
from ssot_migrate.verify.results import Results, read_results
from ssot_migrate.verify.running import MARK, Ended, run

INSIDE = Path(__file__).with_name("inside")
# Of this process's own business, or git's word to a hook about another repository.
_NOT_PASSED_ON = ("GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "PYTEST_CURRENT_TEST", "PYTEST_XDIST_WORKER")
_MOST_PROCESSES = 6


class Bench(NamedTuple):
    """Where and how tests run: ``tree`` holds what is tested, ``original`` is the user's own working tree."""

    tree: Path
    original: Path
    words: tuple[str, ...]
    limit: float

    def test(self, selected: Collection[str] | None = None) -> Run:
        """Run the command; only the test files ``selected`` if pytest runs them (None: all).

        A test that takes the process down, or that runs when time is up, is left out of another run, so
        that the tests behind it are reached.

        Raises:
            UsageError: the command cannot be started.
        """
        tests: dict[str, Test] = {}
        for count in range(1, _MOST_PROCESSES + 1):  # noqa: B007 - it is told of below
            done = {name for name, test in tests.items() if test.outcome is not Outcome.UNREACHED}
            ended, found = self._once(selected, done)
            tests |= {name: test for name, test in found.tests.items() if name not in done}
            tests |= _victims(found, ended, tests)
            if found.finished or not found.running:
                break
        return Run(
            status=ended.status,
            tests=tests,
            by_test=found.begun,
            output=ended.output,
            foreign=found.foreign,
            processes=count,
        )

    def _once(self, selected: Collection[str] | None, left_out: Iterable[str]) -> tuple[Ended, Results]:
        with tempfile.TemporaryDirectory(prefix="ssot-run-", ignore_cleanup_errors=True) as folder:
            own = Path(folder)
            (own / "tmp").mkdir()
            settings = {
                "tree": os.path.realpath(self.tree),
                "original": os.path.realpath(self.original),
                "results": str(own / "results"),
                "selected": None if selected is None else sorted(selected),
                "left_out": sorted(left_out),
                "options": os.environ.get("PYTEST_ADDOPTS", ""),
            }
            environment = self._environment(os.environ, settings, own)
            ended = run(self._command(), self.tree, environment, self.limit, own / "log")
            return ended, read_results(own / "results")

    def _environment(
        self, given: Mapping[str, str], settings: Mapping[str, object], own: Path
    ) -> dict[str, str]:
        path = os.pathsep.join(filter(None, (str(INSIDE), given.get("PYTHONPATH", ""))))
        return {
            "PYTHONHASHSEED": "0",
            **{name: value for name, value in given.items() if name not in _NOT_PASSED_ON},
            "PWD": str(self.tree),
            "PYTEST_ADDOPTS": f"{settings['options']} -p ssot_verify_plugin".strip(),
            "PYTHONDONTWRITEBYTECODE": "1",
            "PYTHONPATH": path,
            "SSOT_VERIFY": json.dumps(settings),
            "SSOT_VERIFY_ORIGINAL": str(settings["original"]),
            "SSOT_VERIFY_TREE": str(settings["tree"]),
            "TMPDIR": str(own / "tmp"),
            MARK: secrets.token_hex(16),
        }

    def _command(self) -> tuple[str, ...]:
        """The command; a program that git does not know, such as ``.venv/bin/python``, is the original's."""
        first = self.words[0]
        there = self.original / first
        if "/" in first and not (self.tree / first).exists() and there.exists():
            return (str(there.absolute()), *self.words[1:])
        return (shutil.which(first) or first, *self.words[1:])


def _victims(found: Results, ended: Ended, tests: Mapping[str, Test]) -> dict[str, Test]:
    outcome = Outcome.TIMEOUT if ended.status is None else Outcome.KILLED
    return {
        name: msgspec.structs.replace(tests.get(name, Test()), outcome=outcome, output=ended.output)
        for name in found.running
    }
