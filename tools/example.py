"""The shipped legacy monorepo as a git repository of its own, and what its test suite does in it.

The demo, the generated pages and the end-to-end tests all stand on this.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import xml.etree.ElementTree as ElementTree
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "examples" / "legacy-monorepo"
_RUNTIME = ROOT / "ssot_migrate" / "runtime" / "files"
_LITTER = shutil.ignore_patterns("__pycache__", ".pytest_cache", "*.pyc")
_SETTINGS = {"user.name": "Demo", "user.email": "demo@example.invalid", "core.autocrlf": "false"}
_OUTCOMES = {"failure": "failed", "error": "error", "skipped": "skipped"}
_DATE = "2026-01-05T09:00:00+00:00"


class Case(NamedTuple):
    """One test as its suite reports it."""

    test: str
    outcome: str


def environment(home: Path, **extra: str) -> dict[str, str]:
    """This process's environment, with a git that knows no machine and with caches below ``home``.

    Dates are fixed, so that the same example gives the same commits.
    """
    dropped = ("GIT_", "PYTEST_", "FORCE_COLOR")
    kept = {name: value for name, value in os.environ.items() if not name.startswith(dropped)}
    return {
        **kept,
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_AUTHOR_DATE": _DATE,
        "GIT_COMMITTER_DATE": _DATE,
        "PYTHONDONTWRITEBYTECODE": "1",
        "SSOT_MIGRATE_CACHE": str(home / "cache"),
        **extra,
    }


def run(command: Sequence[str], where: Path, env: Mapping[str, str]) -> str:
    """The standard output of a command that must succeed.

    Raises:
        CalledProcessError: it failed; ``output`` and ``stderr`` have what it said.
    """
    return subprocess.run(
        command, cwd=where, env=env, check=True, capture_output=True, encoding="utf-8"
    ).stdout


def lay_out(where: Path, env: Mapping[str, str]) -> Path:
    """A repository at ``where`` with the example as its only commit."""
    shutil.copytree(SOURCE, where, ignore=_LITTER)
    run(["git", "init", "--quiet", "--initial-branch=main"], where, env)
    for key, value in _SETTINGS.items():
        run(["git", "config", key, value], where, env)
    run(["git", "add", "--all"], where, env)
    run(["git", "commit", "--quiet", "--message=All services, before the migration"], where, env)
    return where


def branches(repo: Path, env: Mapping[str, str]) -> list[str]:
    """The branches that ``apply`` wrote, the foundation first, then by name."""
    command = ["git", "for-each-ref", "--format=%(refname:short)", "refs/heads/ssot/"]
    return sorted(run(command, repo, env).split(), key=lambda name: ("/foundation/" not in name, name))


def merged(repo: Path, where: Path, names: Iterable[str], env: Mapping[str, str]) -> Path:
    """A working tree at ``where``, on a new branch of that name, with ``names`` merged in this order."""
    run(["git", "worktree", "add", "--quiet", "-b", where.name, str(where), "main"], repo, env)
    for name in names:
        run(["git", "merge", "--quiet", "--no-edit", name], where, env)
    return where


def state(repo: Path) -> dict[str, bytes]:
    """Every file of the working tree, the index, HEAD and its branch, by name: what nobody may touch."""
    own = (path for path in repo.rglob("*") if path.is_file() and ".git" not in path.parts)
    kept = [*own, repo / ".git" / "index", repo / ".git" / "HEAD", repo / ".git" / "refs" / "heads" / "main"]
    return {path.relative_to(repo).as_posix(): path.read_bytes() for path in kept}


def suite(report: Path, *chosen: str) -> list[str]:
    """The command that runs the example's tests, all or ``chosen`` folders, and reports to ``report``."""
    return [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", f"--junitxml={report}", *chosen]


def unified(report: Path, *options: str) -> list[str]:
    """The command that runs the migrated example's tests by the unified runner, reporting to ``report``."""
    quiet = ("-q", "--", "-p", "no:cacheprovider")
    return [sys.executable, "tests/unified_test_runner.py", f"--junit={report}", *options, *quiet]


@contextmanager
def services(env: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """``env`` with the URLs of a real PostgreSQL and a real Redis, which end with the block.

    Raises:
        RuntimeError: one of them cannot be had here.
    """
    if str(_RUNTIME) not in sys.path:
        sys.path.insert(0, str(_RUNTIME))
    from test_framework.ssot.real_services import STARTERS, real_services

    with real_services() as running:
        yield {**env, **{STARTERS[name][0]: service.url for name, service in running.items()}}


@contextmanager
def live_agents(where: Path, env: Mapping[str, str]) -> Iterator[dict[str, str]]:
    """``env`` with the address of the example's websocket service, started from the tree at ``where``."""
    command = [sys.executable, "-m", "backend.app.live"]
    with subprocess.Popen(command, cwd=where, env=env, stdout=subprocess.PIPE, encoding="utf-8") as server:
        assert server.stdout
        try:
            yield {**env, "AGENT_WEBSOCKET_URL": server.stdout.readline().strip()}
        finally:
            server.kill()


def cases(report: Path) -> Counter[Case]:
    """Every test of a JUnit report with its outcome, as often as it is there."""
    found = ElementTree.parse(report).getroot().iter("testcase")
    return Counter(Case(f"{case.get('classname')}::{case.get('name')}", _outcome(case)) for case in found)


def _outcome(case: ElementTree.Element) -> str:
    for child in case:
        if outcome := _OUTCOMES.get(child.tag):
            return "xfailed" if child.get("type") == "pytest.xfail" else outcome
    return "passed"
