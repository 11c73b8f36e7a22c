"""Stopped at any moment, a run leaves the repository as it was, and whole branches or none."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path
from typing import NamedTuple

import pytest

import example
from ssot_migrate.errors import ExitCode
from ssot_migrate.plans.model import Plan
from ssot_migrate.plans.store import load
from tests.end_to_end.migration import DONE, Migration, environment, make_dirty

COPIES = 24
MOMENTS = 10


# -- runs that end before their time ---------------------------------------------------------


@pytest.fixture(scope="module")
def large(tmp_path_factory: pytest.TempPathFactory) -> Migration:
    """The example with enough copies of a service that worker processes are started; not applied."""
    home = tmp_path_factory.mktemp("large")
    env = environment(home)
    repo = example.lay_out(home / "repo", env)
    for number in range(COPIES):
        shutil.copytree(example.SOURCE / "common", repo / f"copy_{number}")
    example.run(["git", "add", "--all"], repo, env)
    example.run(["git", "commit", "-qm", "copies"], repo, env)
    make_dirty(repo)
    return Migration(home, repo, env, [], example.state(repo), {})


class Reference(NamedTuple):
    """What undisturbed runs make of ``large``, and the seconds that each took."""

    plan: Plan
    refs: dict[str, str]
    planning: float
    applying: float


@pytest.fixture(scope="module")
def reference(large: Migration, tmp_path_factory: pytest.TempPathFactory) -> Reference:
    """Plan and apply on a copy of ``large``."""
    clone = tmp_path_factory.mktemp("reference") / "repo"
    shutil.copytree(large.repo, clone, symlinks=True)
    plan = large.home / "plan.json"
    start = time.monotonic()
    assert large.tool("plan", "--no-cache", "--out", str(plan), where=clone).returncode in DONE
    middle = time.monotonic()
    assert large.tool("apply", "--plan", str(plan), where=clone).returncode in DONE
    seconds = middle - start, time.monotonic() - middle
    return Reference(load(plan), refs(clone, large.env), *seconds)


def refs(repo: Path, env: dict[str, str]) -> dict[str, str]:
    """Branches that ``apply`` writes, with their commits."""
    command = ["git", "for-each-ref", "--format=%(refname) %(objectname)", "refs/heads/ssot/"]
    return dict(line.split() for line in example.run(command, repo, env).splitlines())


def killed(large: Migration, sign: signal.Signals, delay: float, *arguments: str) -> int:
    """Start the command, signal its whole process group after ``delay`` seconds; its exit status."""
    command = [sys.executable, "-m", "ssot_migrate", *arguments]
    with subprocess.Popen(
        command,
        cwd=large.repo,
        env=large.env,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    ) as process:
        try:
            process.communicate(timeout=delay)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, sign)
        _, errors = process.communicate()
    if process.returncode == ExitCode.INTERRUPTED:
        assert "Traceback" not in errors
    return process.returncode


def moments(seconds: float) -> list[float]:
    """When to stop a run that would take ``seconds``: evenly, to its very end."""
    return [seconds * part / MOMENTS for part in range(1, MOMENTS + 1)]


ENDINGS = {
    signal.SIGINT: {*DONE, ExitCode.INTERRUPTED, -signal.SIGINT},
    signal.SIGKILL: {*DONE, -signal.SIGKILL},
}


@pytest.mark.heavy
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_a_plan_stopped_at_any_moment_leaves_the_repository(
    large: Migration, reference: Reference, sign: signal.Signals, tmp_path: Path
) -> None:
    """Nothing of the repository changes, and a plan file is there whole or not at all."""
    for delay in moments(reference.planning):
        out = tmp_path / f"{delay}.json"
        assert killed(large, sign, delay, "plan", "--no-cache", "--out", str(out)) in ENDINGS[sign]
        assert example.state(large.repo) == large.before
        assert refs(large.repo, large.env) == {}
        assert not out.exists() or load(out).digest == reference.plan.digest


@pytest.mark.heavy
@pytest.mark.parametrize("sign", [signal.SIGINT, signal.SIGKILL])
def test_an_apply_stopped_at_any_moment_leaves_whole_branches(
    large: Migration, reference: Reference, sign: signal.Signals
) -> None:
    """Every branch that is there is the one that an undisturbed run writes; the next run completes them."""
    arguments = ("apply", "--plan", str(large.home / "plan.json"))
    for delay in moments(reference.applying):
        assert killed(large, sign, delay, *arguments) in ENDINGS[sign]
        assert example.state(large.repo) == large.before
        assert refs(large.repo, large.env).items() <= reference.refs.items()
        example.run(["git", "fsck", "--strict", "--no-dangling"], large.repo, large.env)
        forget(large)
    assert large.tool(*arguments).returncode in DONE
    assert refs(large.repo, large.env) == reference.refs
    forget(large)


def forget(large: Migration) -> None:
    """Delete the branches, for the next run to write them."""
    for name in refs(large.repo, large.env):
        example.run(["git", "update-ref", "-d", name], large.repo, large.env)
