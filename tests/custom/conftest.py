"""A repository with rules of its own, and the command line over it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Mapping
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from ssot_migrate.cli.app import app
from ssot_migrate.cli.failures import run as execute

Make = Callable[[str, Mapping[str, str]], Path]
Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A git repository with these settings and files."""

    def made(settings: str, files: Mapping[str, str]) -> Path:
        root = tmp_path / "repo"
        root.mkdir(exist_ok=True)
        for path, text in {"ssot.toml": settings, **files}.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_bytes(text.encode())
        for arguments in (["init", "-q"], ["add", "-A"], ["commit", "-q", "--allow-empty", "-m", "base"]):
            subprocess.run(["git", "-C", str(root), *arguments], check=True, capture_output=True)
        return root

    return made


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call ``ssot-migrate`` in the repository, with a cache of its own."""
    monkeypatch.setenv("SSOT_MIGRATE_CACHE", str(tmp_path / "cache"))

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        monkeypatch.chdir(tmp_path / "repo")
        with redirect_stdout(StringIO()) as output, redirect_stderr(StringIO()) as errors:
            status = execute(app, arguments)
        return subprocess.CompletedProcess(arguments, status, output.getvalue(), errors.getvalue())

    return call
