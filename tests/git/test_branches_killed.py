"""Killed at any moment, a run leaves whole branches or none, and the next run completes them."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from ssot_migrate.git.repository import Repository
from ssot_migrate.plans.model import Plan
from ssot_migrate.plans.outcome import Branch
from ssot_migrate.plans.store import save

Git = Callable[..., str]
APPLY = """\
import sys
from pathlib import Path
from ssot_migrate.git.branches import prepare_branches, publish
from ssot_migrate.git.journal import Journal
from ssot_migrate.git.repository import Repository
from ssot_migrate.plans.apply import replay
from ssot_migrate.plans.store import load
repo = Repository.open(Path(sys.argv[1]))
plan = load(Path(sys.argv[2]))
outcome = replay(plan, repo.read_files(plan.base, [file.path for file in plan.files]).get)
print("ready", flush=True)
prepared = prepare_branches(repo, plan, outcome)
publish(repo, plan, prepared, Journal.begin(repo.common_dir, plan.digest))
"""
DIE_IN_THE_STREAM = """\
import os, signal, sys
from pathlib import Path
from ssot_migrate.git.importing import NewCommit, NewFile, Signature, import_commits
from ssot_migrate.git.repository import Repository
class Deadly(tuple):
    def __iter__(self):
        yield NewFile("100644", "b.py", b"b" * 1_000_000)
        os.kill(os.getpid(), getattr(signal, sys.argv[2]))
repo = Repository.open(Path(sys.argv[1]))
base = repo.head_commit()
commits = [NewCommit(base, "one", [NewFile("100644", "a.py", b"a")]), NewCommit(0, "two", Deadly())]
import_commits(repo.git, commits, Signature("a", "b", 1), len(base))
"""


def start(script: str, *arguments: object) -> subprocess.Popen[str]:
    """Run a script in a process group of its own."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    return subprocess.Popen(
        [sys.executable, "-c", script, *map(str, arguments)],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )


@pytest.mark.parametrize("sign", ["SIGKILL", "SIGINT", "SIGTERM"])
def test_dying_in_the_middle_of_the_stream_leaves_no_ref(
    repo: Repository, root: Path, git: Git, sign: str
) -> None:
    """Half a stream is no branch, however the process that sent it ended."""
    refs = git("for-each-ref")
    with start(DIE_IN_THE_STREAM, root, sign) as process:
        assert process.wait() != 0
    assert git("for-each-ref") == refs
    assert not list((root / ".git").rglob("*.lock"))
    assert git("status", "--porcelain") == ""
    git("fsck", "--strict")


@pytest.mark.heavy
def test_killed_at_any_moment_leaves_whole_branches(
    repo: Repository,
    root: Path,
    git: Git,
    commit: Git,
    plan_of: Callable[..., Plan],
    apply: Callable[..., tuple[Branch, ...]],
    tmp_path: Path,
) -> None:
    """Whatever branches are visible after a kill are complete; HEAD, index and files are untouched."""
    text = "".join(f"line {n}\n" for n in range(2000))
    names = [f"s{n % 20}/{n}.py" for n in range(600)]
    commit({name: (text + name).encode() for name in names})
    plan = plan_of({name: {"environment": text, "mocks": f"# {name}\n{text}"} for name in names})
    save(plan, tmp_path / "plan.json")
    began = time.monotonic()
    expected = {branch.ref: branch.commit for branch in apply(plan)}
    duration = time.monotonic() - began
    before = everything_else(root, git)
    for moment in range(25):
        git("update-ref", "--stdin", stdin="".join(f"delete {ref}\n" for ref in visible(git)).encode())
        with start(APPLY, root, tmp_path / "plan.json") as process:
            assert process.stdout
            process.stdout.readline()
            time.sleep(0.6 * duration * moment / 25)
            os.killpg(process.pid, signal.SIGKILL)
        assert visible(git).items() <= expected.items()
        assert everything_else(root, git) == before
        for lock in (root / ".git/refs").rglob("*.lock"):
            lock.unlink()
    assert {branch.ref: branch.commit for branch in apply(plan)} == expected


def visible(git: Git) -> dict[str, str]:
    """The branches that a user sees, with their commits."""
    lines = git("for-each-ref", "--format=%(refname) %(objectname)", "refs/heads/ssot").splitlines()
    return dict(line.split() for line in lines)


def everything_else(root: Path, git: Git) -> tuple[object, ...]:
    """What no run may change."""
    return git("rev-parse", "HEAD", "main"), (root / ".git/index").read_bytes(), git("status", "--porcelain")
