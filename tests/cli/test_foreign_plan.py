"""A sealed plan that was made on a commit which this repository does not have."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

from ssot_migrate.errors import ExitCode


def repository(root: Path, name: str) -> Path:
    """A committed repository with one legacy file of this name."""
    root.mkdir()
    (root / name).write_text('import os\n\nA = os.environ["A"]\n', "utf-8")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", name]):
        subprocess.run(["git", "-C", str(root), *command], check=True)
    return root


def tool(root: Path, *words: str) -> subprocess.CompletedProcess[str]:
    """The ended command."""
    command = [sys.executable, "-m", "ssot_migrate", *words]
    return subprocess.run(command, cwd=root, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("command", ["diff", "conflicts", "verify"])
def test_its_base_is_told_to_be_missing(tmp_path: Path, command: str) -> None:
    """In one line, with the exit status of a plan that does not fit."""
    plan = str(tmp_path / "plan.json")
    assert tool(repository(tmp_path / "one", "a.py"), "plan", "--out", plan).returncode == 0
    done = tool(repository(tmp_path / "two", "b.py"), command, "--plan", plan)
    assert done.returncode == ExitCode.STALE, done.stderr
    assert "the plan's base" in done.stderr
    assert "is not here" in done.stderr
