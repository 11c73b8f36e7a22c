"""Aliases end: what the tool writes has a term, ``aliases`` tells who uses it, ``--prune`` takes it out."""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from ssot_migrate.errors import ExitCode
from ssot_migrate.runtime.catalog import runtime_files
from tests.compliance.conftest import Repo, Run

BASE = """\
import unittest


class ApiCase(unittest.TestCase):
    pass
"""
HEIR = """\
from api.tests.base import ApiCase


class TestIt(ApiCase):
    def test_it(self):
        self.assertTrue(len("a"))


KINDS = [ApiCase]
"""
SETTINGS = '[services]\napi = ["api/**"]\nweb = ["web/**"]\n'


@pytest.fixture
def aliased(repo: Repo, run: Run) -> Repo:
    """A base of which the tool has made an alias, on 2026-01-01, and two services that do more with it."""
    (repo.root / "ssot.toml").write_text(SETTINGS)
    for path, data in runtime_files().items():
        (repo.root / path).parent.mkdir(parents=True, exist_ok=True)
        (repo.root / path).write_bytes(data)
    dated(repo, "2026-01-01", api__tests__base=BASE, api__tests__test_it=HEIR, web__tests__test_it=HEIR)
    assert run("apply", "--in-place", "--include", "review", "--rule", "legacy-base-class").returncode == 0
    assert "ApiCase = deprecated_alias(" in (repo.root / "api/tests/base.py").read_text()
    return repo


def dated(repo: Repo, day: str, **files: str) -> None:
    """Commit on ``day``."""
    repo.write(**files)
    repo.git("add", "-A")
    dates = {f"GIT_{who}_DATE": f"{day}T12:00:00Z" for who in ("AUTHOR", "COMMITTER")}
    command = ["git", "-C", str(repo.root), "commit", "-q", "--allow-empty", "-m", "change"]
    subprocess.run(command, check=True, env={**os.environ, **dates})


def test_an_alias_is_written_with_its_term(aliased: Repo, run: Run) -> None:
    """Owner, date and expiry stand in it, counted from the base's commit; users are told by service."""
    dated(aliased, "2026-01-02")
    (alias,) = json.loads(run("aliases", "--service", "api", "--format", "json").stdout)

    assert (alias["name"], alias["owner"], alias["since"]) == ("ApiCase", "api", "2026-01-01")
    assert (alias["until"], alias["over"]) == ("2026-06-30", False)
    assert alias["users"] == {"api": ["api/tests/test_it.py"], "web": ["web/tests/test_it.py"]}
    shown = run("aliases").stdout
    assert "goes on 2026-06-30" in shown
    assert "  web: web/tests/test_it.py" in shown
    assert "test_framework/ssot/base_test_case.py" in shown  # those of the runtime are told, too
    assert run("aliases", "--service", "web").stdout == "no deprecated aliases\n"


def test_an_overdue_alias_is_debt(aliased: Repo, run: Run) -> None:
    """In time it is none; the day after, a check names owner and users."""
    for day, debt in (("2026-06-30", False), ("2026-07-01", True)):
        dated(aliased, day)
        done = run("check", "--rule", "deprecated-alias")
        assert (done.returncode == ExitCode.DEBT) is debt
    assert "was to go on 2026-06-30 (owner api); files that still use it: api (1), web (1)" in done.stdout


def test_prune_plans_what_apply_takes(aliased: Repo, run: Run, tmp_path: Path) -> None:
    """Nothing is planned while one file uses it; then the alias goes with its imports, and not a test."""
    plan = str(tmp_path / "plan.json")
    dated(aliased, "2026-01-02")
    assert "deprecated-alias" not in run("aliases", "--prune", "--format", "diff").stdout

    heir = HEIR.replace("api.tests.base import ApiCase", "unittest import TestCase as ApiCase")
    dated(aliased, "2026-01-03", api__tests__test_it=heir, web__tests__test_it=heir)
    assert "used by nobody here" in run("aliases").stdout
    assert run("aliases", "--prune", "--out", plan).returncode == ExitCode.OK
    assert run("apply", "--plan", plan).returncode == ExitCode.OK
    (branch,) = aliased.git("branch", "--list", "ssot/*", "--format=%(refname:short)").split()
    assert aliased.git("diff", "--name-only", "HEAD", branch) == "api/tests/base.py"
    assert aliased.git("show", f"{branch}:api/tests/base.py") == ""


def test_options_of_a_plan_go_with_prune(run: Run) -> None:
    """Without it there is no plan to seal or to show."""
    assert run("aliases", "--out", "x").returncode == ExitCode.USAGE
    assert run("aliases", "--format", "diff").returncode == ExitCode.USAGE
    assert run("aliases").stdout == "no deprecated aliases\n"
