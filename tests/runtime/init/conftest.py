"""A repository, and ``init`` as users run it there."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest

from tests.runtime.init.repositories import Init, git


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """A repository without commits, which is enough."""
    root = tmp_path / "repo"
    git(tmp_path, "init", "-q", str(root))
    (root / "mine.py").write_text("MINE = 1\n")
    return root


@pytest.fixture
def init(repo: Path) -> Init:
    """Run ``ssot-migrate init`` in the repository, or in ``where``, maybe ``under`` another program."""

    def run(
        *arguments: str,
        where: Path = repo,
        under: Sequence[str] = (),
        preexec_fn: Callable[[], None] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        command = [*under, sys.executable, "-m", "ssot_migrate", "init", *arguments]
        return subprocess.run(
            command, cwd=where, preexec_fn=preexec_fn, capture_output=True, text=True, check=False
        )

    return run
