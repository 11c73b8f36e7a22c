"""A repository with debt in one of its services, and the command line over it."""

from __future__ import annotations

import subprocess
from collections.abc import Callable
from contextlib import redirect_stderr, redirect_stdout
from io import StringIO
from pathlib import Path

import pytest

from ssot_migrate.cli.app import app
from ssot_migrate.cli.failures import run as execute

LEGACY = """\
import os


def connect():
    os.environ["DEBUG"] = "1"
    os.environ["DEBUG"] = "1"
    return os.environ["URL"]
"""
COMPLIANT = """\
from shared.isolated_environment import get_env


def port():
    return get_env().get("PORT")
"""
Run = Callable[..., subprocess.CompletedProcess[str]]


class Repo:
    """A git repository of the test's own."""

    def __init__(self, root: Path) -> None:
        """Start an empty one."""
        self.root = root
        root.mkdir()
        self.git("init", "-q")

    def git(self, *arguments: str) -> str:
        """The standard output of git here."""
        command = ["git", "-C", str(self.root), *arguments]
        return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()

    def write(self, **files: str) -> None:
        """Write files; ``__`` in a name is a slash, and all are Python."""
        for name, text in files.items():
            path = self.root / f"{name.replace('__', '/')}.py"
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text)

    def commit(self, message: str = "change", **files: str) -> str:
        """Write files, commit everything, and return the commit's id."""
        self.write(**files)
        self.git("add", "-A")
        self.git("commit", "-q", "--allow-empty", "-m", message)
        return self.git("rev-parse", "HEAD")


@pytest.fixture
def repo(tmp_path: Path) -> Repo:
    """Three violations in ``api``, one compliant use in ``web``."""
    made = Repo(tmp_path / "repo")
    made.commit("base", api__config=LEGACY, web__config=COMPLIANT)
    return made


@pytest.fixture
def run(tmp_path: Path, repo: Repo, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Call ``ssot-migrate`` in the repository, with a cache of its own."""
    monkeypatch.chdir(repo.root)
    monkeypatch.setenv("SSOT_MIGRATE_CACHE", str(tmp_path / "cache"))
    monkeypatch.setenv("COLUMNS", "120")

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        with redirect_stdout(StringIO()) as output, redirect_stderr(StringIO()) as errors:
            status = execute(app, arguments)
        return subprocess.CompletedProcess(arguments, status, output.getvalue(), errors.getvalue())

    return call
