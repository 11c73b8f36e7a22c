"""However a run ends, no worker outlives it, and none has anything to say about that."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

SCRIPT = """\
import os, sys, time
from ssot_migrate.engine.pool import Pool

def start():
    print(os.getpid(), flush=True)

def work(items):
    time.sleep(3600)

if __name__ == "__main__":
    list(Pool(work, start, workers=2, method=sys.argv[1]).run([[1], [2]]))
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A program whose two workers are busy for an hour and name themselves."""
    path = tmp_path / "busy.py"
    path.write_text(SCRIPT)
    return path


def busy(script: Path, method: str) -> tuple[subprocess.Popen[str], list[int]]:
    """The program, started in a process group of its own, and its workers once they work."""
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
    process = subprocess.Popen(
        [sys.executable, str(script), method],
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert process.stdout
    return process, [int(process.stdout.readline()) for _ in range(2)]


def is_gone(pid: int) -> bool:
    """Whether there is no such process, or only what its parent has not yet taken note of."""
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    status = Path(f"/proc/{pid}/stat")
    return status.exists() and status.read_text().rpartition(")")[2].split()[0] == "Z"


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_ctrl_c_ends_all_without_a_word_of_the_workers(script: Path, method: str) -> None:
    """The terminal sends it to every process; only the first one reports it."""
    process, workers = busy(script, method)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode != 0
    assert errors.count("Traceback") == 1
    assert all(map(is_gone, workers))


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_workers_end_with_a_killed_parent(script: Path, method: str) -> None:
    """Their output ends, because none of them is left to hold it open."""
    process, workers = busy(script, method)
    process.kill()
    process.communicate(timeout=60)
    assert all(map(is_gone, workers))
