"""The test-only guard: closed outside tests, open inside, and no test itself."""

from __future__ import annotations

import asyncio
import inspect
import subprocess
from collections.abc import Callable
from pathlib import Path
from unittest.mock import patch

import pytest

from shared.isolated_environment import get_env
from shared.test_only_guard import TestModeViolation, is_test_mode, require_test_mode, test_only


@test_only
def bare(value: int) -> int:
    """Stand for code for tests."""
    return value


@test_only("opens a back door")
async def with_reason(value: int) -> int:
    """Stand for async code for tests."""
    return value


def test_open_in_tests() -> None:
    """In a test the functions are themselves, async ones still async."""
    assert (bare(1), asyncio.run(with_reason(2))) == (1, 2)
    assert inspect.iscoroutinefunction(with_reason)
    require_test_mode("anything")


@patch.dict(get_env(), {}, clear=True)
def test_closed_outside_tests() -> None:
    """The error names the function and the reason."""
    with pytest.raises(TestModeViolation, match=r"^bare is for tests only$"):
        bare(1)
    with pytest.raises(TestModeViolation, match="with_reason is for tests only: opens a back door"):
        asyncio.run(with_reason(2))
    with pytest.raises(TestModeViolation, match="thing is for tests only: since today"):
        require_test_mode("thing", "since today")


@pytest.mark.parametrize(
    ("variables", "is_test"),
    [
        ({"TESTING": "true"}, True),
        ({"TESTING": "0"}, False),
        ({"ENVIRONMENT": "test"}, True),
        ({"ENVIRONMENT": "production"}, False),
        ({"TESTING": "1", "ENVIRONMENT": "production"}, False),
        ({"PYTEST_CURRENT_TEST": "x", "ENVIRONMENT": "production"}, True),
    ],
)
def test_what_makes_a_test_process(variables: dict[str, str], is_test: bool) -> None:
    """A live environment is none, whatever else is set, unless a test runs right now."""
    with patch.dict(get_env(), variables, clear=True):
        assert is_test_mode() is is_test


def test_its_names_are_not_collected(
    run_python: Callable[..., subprocess.CompletedProcess[str]], tmp_path: Path, runtime_root: Path
) -> None:
    """Neither the module nor its names in a test module count as tests."""
    (tmp_path / "test_it.py").write_text("from shared.test_only_guard import *\n")
    guard = str(runtime_root / "shared" / "test_only_guard.py")
    done = run_python("-m", "pytest", "-q", "-p", "no:asyncio", "-W", "error", "test_it.py", guard)
    assert (done.returncode, "no tests" in done.stdout) == (5, True), done.stdout
