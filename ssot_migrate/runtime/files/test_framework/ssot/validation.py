"""Whether the test infrastructure does what migrated tests stand on, tried out on the spot."""

from __future__ import annotations

import os
import subprocess
import sys
import unittest
from collections.abc import Callable, Sequence
from pathlib import Path

from shared.isolated_environment import get_env
from test_framework.ssot.base_test_case import SSotAsyncTestCase, SSotBaseTestCase
from test_framework.ssot.mock_factory import get_mock_factory

ROOT = Path(__file__).resolve().parents[2]
BASELINE = ROOT / "tests" / "mission_critical" / "ssot_baseline.json"
_PROBE = "SSOT_VALIDATION_PROBE"


def environment_is_live() -> bool:
    """Return whether both routes to the environment show the same, and it is left as it was."""
    with get_env().restored():
        get_env().set(_PROBE, " exact ")
        seen = os.environ.get(_PROBE)  # ssot: allow[direct-env-access] the other route is compared
        os.environ[_PROBE] = "changed"  # ssot: allow[direct-env-access] the other route is compared
        live = seen == " exact " and get_env().get(_PROBE) == "changed"
    return live and _PROBE not in get_env()


def bases_undo_and_await() -> bool:
    """Return whether a test's variables are undone and an async test really runs."""
    ran = []

    class Sync(SSotBaseTestCase):
        def test_probe(self) -> None:
            self.set_env_var(_PROBE, "x")
            ran.append("sync")

    class Async(SSotAsyncTestCase):
        async def test_probe(self) -> None:
            ran.append("async")

    result = unittest.TestResult()
    for case in (Sync, Async):
        unittest.defaultTestLoader.loadTestsFromTestCase(case).run(result)
    return result.wasSuccessful() and ran == ["sync", "async"] and _PROBE not in get_env()


def mocks_are_standard() -> bool:
    """Return whether the factory's mocks behave as the standard ones."""
    mock = get_mock_factory().create_mock(return_value=1)
    return mock() == 1 and mock.call_count == 1


def runner_tells_the_truth() -> bool:
    """Return whether the runner fails when no test is executed."""
    runner = [sys.executable, str(ROOT / "tests" / "unified_test_runner.py")]
    nothing = [str(ROOT / "tests" / "mission_critical"), "-k", "there_is_no_such_test"]
    done = subprocess.run([*runner, *nothing], cwd=ROOT, capture_output=True, check=False)
    return done.returncode == 5


CHECKS: Sequence[Callable[[], bool]] = (
    environment_is_live,
    bases_undo_and_await,
    mocks_are_standard,
    runner_tells_the_truth,
)
