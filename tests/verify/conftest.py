"""Real repositories with real suites, verified by real runs of pytest."""

from __future__ import annotations

import shlex
import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from ssot_migrate.plans.model import Plan
from ssot_migrate.workflow import Request, VerifyRequest, make_plan
from ssot_migrate.workflow.verifying import Verified, verify_plan

COMMAND = shlex.join([sys.executable, "-m", "pytest", "-q"])
Lay = Callable[[Mapping[str, str]], Path]


def silent(stage: str, done: int, total: int) -> None:
    """Report nothing."""


@pytest.fixture(autouse=True)
def _quick(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """No plugins of this project in the suites, and a cache for each test."""
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")
    monkeypatch.setenv("SSOT_MIGRATE_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("PYTEST_ADDOPTS", raising=False)


@pytest.fixture
def lay(tmp_path: Path) -> Lay:
    """A repository of one commit that holds these texts by path."""

    def write(files: Mapping[str, str]) -> Path:
        root = tmp_path / "repository"
        for name, text in {"pytest.ini": "[pytest]\n", "conftest.py": "", **files}.items():
            (root / name).parent.mkdir(parents=True, exist_ok=True)
            (root / name).write_text(text)
        for command in (["init", "--quiet"], ["add", "--all"], ["commit", "--quiet", "-m", "base"]):
            subprocess.run(["git", "-C", str(root), *command], check=True)
        return root

    return write


@pytest.fixture
def verified() -> Callable[..., tuple[Plan, Verified]]:
    """Plan a repository and verify the plan: what is left of it, and what was found."""

    def run(root: Path, **options: object) -> tuple[Plan, Verified]:
        request = Request(str(root))
        verify = VerifyRequest(**{"command": COMMAND, **options})  # type: ignore[arg-type]
        return verify_plan(make_plan(request, silent), request, verify, silent)

    return run
