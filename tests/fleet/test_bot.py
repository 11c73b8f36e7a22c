"""The CI bot: the scripts of the shipped action and job, run against a forge with real remotes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
import yaml

from ssot_migrate.errors import ExitCode
from yard import Forge

ROOT = Path(__file__).parents[2]
ACTION = ROOT / "ci" / "bot" / "action.yml"
JOBS = ROOT / "ci" / "gitlab-bot.yml"
Run = Callable[..., subprocess.CompletedProcess[str]]


def script_of(kind: str, what: str) -> str:
    """The script that CI would run."""
    if kind == "github":
        steps: list[dict[str, Any]] = yaml.safe_load(ACTION.read_text())["runs"]["steps"]
        return str(next(step["run"] for step in steps if step["name"] == what.title()))
    return "\n".join(yaml.safe_load(JOBS.read_text())[f"ssot-{what}"]["script"])


@pytest.fixture
def job(forge: Forge) -> Run:
    """Run a script of CI in a fresh checkout of a branch, with the variables that CI sets."""
    bin_folder = forge.yard.root / "bin"
    bin_folder.mkdir()
    tool = bin_folder / "ssot-migrate"
    tool.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m ssot_migrate "$@"\n')
    tool.chmod(0o755)

    def run(what: str, branch: str, number: int = 0) -> subprocess.CompletedProcess[str]:
        checkout = forge.yard.root / f"checkout-{what}-{len(list(forge.yard.root.glob('checkout*')))}"
        url = f"{forge.url}/team/one.git"
        forge.yard.git(
            ".", "clone", "-q", "-b", branch, str(forge.yard.root / "remotes/one.git"), str(checkout)
        )
        forge.yard.git(checkout, "remote", "set-url", "origin", url)
        # What CI's own checkout leaves behind, here with a token that has expired.
        header = "AUTHORIZATION: basic b2xkOm9sZA=="
        forge.yard.git(checkout, "config", f"http.{forge.url}/.extraheader", header)
        env = forge.yard.env | {
            "PATH": f"{bin_folder}{os.pathsep}{os.environ['PATH']}",
            "GITHUB_SERVER_URL": forge.url,
            "GITHUB_API_URL": f"{forge.url}/api/v3",
            "GITHUB_BASE_REF": "main",
            "LABELS": "ssot tests",
            "OPTIONS": "--include review",
            "NUMBER": str(number),
            "CI_SERVER_HOST": forge.url.partition("://")[2],
            "CI_API_V4_URL": f"{forge.url}/api/v4",
            "CI_MERGE_REQUEST_IID": str(number),
            "CI_MERGE_REQUEST_TARGET_BRANCH_NAME": "main",
            "SSOT_OPTIONS": "--include review --label ssot --label tests",
        }
        command = ["bash", "-e", "-o", "pipefail", "-c", script_of(forge.kind, what)]
        return subprocess.run(command, cwd=checkout, env=env, capture_output=True, text=True, check=False)

    return run


@pytest.mark.heavy
def test_proposals_on_a_schedule(forge: Forge, job: Run) -> None:
    """A run opens a request per service, with labels; others find them, and refresh them when main moves."""
    done = job("propose", "main")
    assert done.returncode == ExitCode.OK, done.stderr
    assert "done" in done.stdout
    assert {row["head"] for row in forge.requests} == {
        f"ssot-migrate/{n}" for n in ("foundation", "app", "web")
    }
    assert all(row["labels"] == ["ssot", "tests"] for row in forge.requests)
    again = job("propose", "main")
    assert "nothing to do" in again.stdout
    forge.yard.commit(forge.yard.root / "repos" / "one", "more")
    assert "done" in job("propose", "main").stdout
    assert len(forge.requests) == 3
    tips = forge.yard.branches("one")
    assert all(tips[row["head"]][:12] in row["body"] for row in forge.requests)


@pytest.mark.heavy
def test_a_comment_says_what_a_request_does_to_the_score(forge: Forge, job: Run) -> None:
    """New debt fails the job and is commented; when it is gone the same comment says so."""
    repo = forge.yard.root / "repos/one"
    forge.yard.git(repo, "switch", "-q", "-c", "feature")
    (repo / "app" / "more.py").write_text('import os\n\nMORE = os.environ["MORE"]\n')
    forge.yard.git(repo, "add", "-A")
    forge.yard.git(repo, "commit", "-qm", "feature")
    forge.yard.git(repo, "push", "-q", "origin", "feature")
    number = forge.open("feature")
    done = job("comment", "feature", number)
    assert done.returncode == ExitCode.DEBT, done.stderr
    (comment,) = forge.comments(number)
    assert "**Compliance " in comment
    assert "app/more.py:3" in comment
    (repo / "app" / "more.py").write_text("MORE = 1\n")
    forge.yard.git(repo, "commit", "-qam", "mended")
    forge.yard.git(repo, "push", "-q", "origin", "feature")
    done = job("comment", "feature", number)
    assert done.returncode == ExitCode.OK, done.stdout
    (comment,) = forge.comments(number)
    assert "app/more.py" not in comment


@pytest.mark.heavy
def test_a_job_that_may_not_comment_still_judges(forge: Forge, job: Run) -> None:
    """A fork's token may only read: the ratchet decides all the same."""
    forge.fault("GET", "comments|notes", status=403, body={"message": "Resource not accessible"})
    done = job("comment", "main", 1)
    assert done.returncode == ExitCode.OK
    assert "not commented" in done.stderr


def test_the_documented_workflow_is_valid(tmp_path: Path) -> None:
    """What is to be copied from the guide is what GitHub's own schema accepts."""
    (shown,) = re.findall(r"```yaml\n(.*?)```", (ROOT / "docs/fleet.md").read_text(), re.DOTALL)
    file = tmp_path / "workflow.yml"
    file.write_text(textwrap.dedent(shown))
    check_schema("github-workflows", file)


@pytest.mark.parametrize(("schema", "file"), [("github-actions", ACTION), ("gitlab-ci", JOBS)])
def test_templates_are_valid(schema: str, file: Path) -> None:
    """Action and job are what the forges' own schemas accept."""
    check_schema(schema, file)


def check_schema(schema: str, file: Path) -> None:
    """Fail if a forge would not take a file."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", f"vendor.{schema}", str(file)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout
