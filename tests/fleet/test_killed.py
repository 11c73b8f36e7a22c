"""A fleet's run that is killed goes on where it was, and no branch is ever pushed twice."""

from __future__ import annotations

import os
import signal
import subprocess
import time

import pytest

from yard import LEGACY, Yard

MOMENTS = (0.05, 0.3, 0.6, 0.9)
pytestmark = pytest.mark.heavy


@pytest.fixture
def recorded(yard: Yard) -> Yard:
    """Three repositories whose remotes keep a log of every change of a branch."""
    for name in ("one", "two", "three"):
        yard.repository(name, LEGACY)
        yard.git(f"remotes/{name}.git", "config", "core.logAllRefUpdates", "always")
    yard.fleet()
    return yard


def started(yard: Yard, *words: str) -> subprocess.Popen[bytes]:
    """A run in a process group of its own."""
    null = subprocess.DEVNULL
    return subprocess.Popen(
        yard.command(*words), cwd=yard.root, env=yard.env, stdout=null, stderr=null, start_new_session=True
    )


def kill(process: subprocess.Popen[bytes]) -> None:
    """End the runner alone, as if the machine had taken it; its children must notice by themselves."""
    os.kill(process.pid, signal.SIGKILL)
    process.wait()


def changes(yard: Yard) -> dict[str, int]:
    """How often each branch of ours changed at its remote, by remote and branch."""
    logs = yard.root.glob("remotes/*/logs/refs/heads/ssot-migrate/*")
    return {f"{log.parents[4].name}/{log.name}": len(log.read_text().splitlines()) for log in logs}


ONCE = {
    f"{name}.git/{branch}": 1 for name in ("one", "two", "three") for branch in ("app", "web", "foundation")
}


def test_killed_at_many_moments(recorded: Yard) -> None:
    """Killed again and again, at moments all over its run, every branch is there in the end, pushed once."""
    begin = time.monotonic()
    assert set(recorded.outcomes("plan").values()) == {"done"}
    length = (time.monotonic() - begin) * 2
    for moment in MOMENTS:
        process = started(recorded, "push", "--resume", "--jobs", "2")
        time.sleep(length * moment)
        kill(process)
    done = recorded.outcomes("push", "--resume")
    assert set(done.values()) <= {"done", "nothing to do"}
    assert set(done) == {"one", "two", "three"}
    assert changes(recorded) == ONCE


@pytest.mark.parametrize("hook", ["pre-receive", "update", "post-receive"])
def test_killed_while_a_remote_takes_the_push(recorded: Yard, hook: str) -> None:
    """Killed by the remote itself, before or after it took a branch but before that is on record."""
    target = recorded.root / "remotes/two.git/hooks" / hook
    target.parent.mkdir(exist_ok=True)
    pid = recorded.root / "pid"
    target.write_text(f"#!/bin/sh\nrm '{target}'\nkill -9 $(cat '{pid}')\nsleep 1\n")
    target.chmod(0o755)
    process = started(recorded, "push", "--jobs", "1")
    pid.write_text(str(process.pid))
    assert process.wait() == -signal.SIGKILL
    assert set(recorded.outcomes("push", "--resume").values()) <= {"done", "nothing to do"}
    assert changes(recorded) == ONCE


def test_children_end_with_the_runner(recorded: Yard) -> None:
    """When the runner is killed no process of a unit goes on."""
    hook = recorded.root / "remotes/one.git/hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    reached, survived = recorded.root / "reached", recorded.root / "survived"
    hook.write_text(f"#!/bin/sh\ntouch '{reached}'\nsleep 3\ntouch '{survived}'\n")
    hook.chmod(0o755)
    process = started(recorded, "push", "--jobs", "1")
    while not reached.exists():
        time.sleep(0.05)
    kill(process)
    time.sleep(4)
    assert not survived.exists()


def test_cancel_stops_and_resume_goes_on(recorded: Yard) -> None:
    """``cancel`` ends a run that goes on; ``status`` says so; what was not begun is done by ``--resume``."""
    hook = recorded.root / "remotes/one.git/hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    reached = recorded.root / "reached"
    hook.write_text(f"#!/bin/sh\ntouch '{reached}'\nsleep 600\n")
    hook.chmod(0o755)
    process = started(recorded, "push", "--jobs", "1")
    while not reached.exists():
        time.sleep(0.05)
    assert "another process works" in recorded.batch("plan").stderr
    assert recorded.batch("cancel").returncode == 0
    process.wait()
    assert "(cancelled)" in recorded.batch("status").stdout
    hook.unlink()
    assert set(recorded.outcomes("push", "--resume").values()) <= {"done", "nothing to do"}
    assert changes(recorded) == ONCE


def test_time_and_memory_are_limited(recorded: Yard) -> None:
    """A unit that takes too long or too much fails with that as its reason."""
    recorded.fleet(head="seconds = 1")
    hook = recorded.root / "remotes/one.git/hooks/pre-receive"
    hook.parent.mkdir(exist_ok=True)
    hook.write_text("#!/bin/sh\nsleep 600\n")
    hook.chmod(0o755)
    assert "not done after 1 s" in recorded.batch("push").stdout
    recorded.env |= {"SSOT_MIGRATE_CACHE": str(recorded.root / "no plan remembered")}
    recorded.fleet(head="megabytes = 60")
    assert "MiB of memory" in recorded.batch("plan").stdout
