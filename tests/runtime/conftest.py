"""The vendored runtime, importable as it is in a user's repository."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NoReturn

import pytest

RUNTIME = Path(__file__).parents[2] / "ssot_migrate" / "runtime" / "files"
sys.path.insert(0, str(RUNTIME))

RunPython = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def runtime_root() -> Path:
    """The folder that stands for the root of a repository with the runtime in it."""
    return RUNTIME


@pytest.fixture
def readme_blocks() -> list[str]:
    """The Python of the runtime's README, each block a test module."""
    text = (RUNTIME / "test_framework" / "ssot" / "README.md").read_text()
    return re.findall(r"```python\n(.*?)```", text, re.DOTALL)


@pytest.fixture(scope="session")
def servers(cannot_be_had: Callable[[str], NoReturn]) -> None:
    """Skip where neither PostgreSQL nor Redis can be had, from the machine or a wheel."""
    from test_framework.ssot.real_services import ServiceError, find_binary

    try:
        find_binary("initdb"), find_binary("redis-server")
    except ServiceError as error:
        cannot_be_had(str(error))


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A repository that owns a copy of the runtime."""
    root = tmp_path / "repository"
    shutil.copytree(RUNTIME, root, ignore=shutil.ignore_patterns("__pycache__"))
    (root / "pytest.ini").write_text("[pytest]\nmarkers =\n  integration: x\n  slow: x\n")
    return root


@pytest.fixture
def run_python(tmp_path: Path) -> RunPython:
    """Run ``python ARGS`` in ``tmp_path`` with the runtime importable, as in a user's repository."""

    def run(*args: str, **variables: str) -> subprocess.CompletedProcess[str]:
        path = os.pathsep.join([str(tmp_path), str(RUNTIME)])
        env = {**os.environ, "PYTHONPATH": path, "PYTHONDONTWRITEBYTECODE": "1", **variables}
        return subprocess.run(
            [sys.executable, *args],
            cwd=tmp_path,
            env=env,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )

    return run
