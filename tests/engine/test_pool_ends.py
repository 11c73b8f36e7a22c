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
    os.write(1, b"at work\\n")

def work(items):
    time.sleep(3600)

if __name__ == "__main__":
    list(Pool(work, start, workers=2, method=sys.argv[1]).run([[1, 2], [3, 4]]))
"""


@pytest.fixture
def script(tmp_path: Path) -> Path:
    """A program whose two workers are busy for an hour and say so."""
    path = tmp_path / "busy.py"
    path.write_text(SCRIPT)
    return path


def busy(script: Path, method: str) -> subprocess.Popen[str]:
    """The program, started in a process group of its own, once its workers work."""
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
    assert process.stdout.readline() == process.stdout.readline() == "at work\n"
    return process


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_ctrl_c_ends_all_without_a_word_of_the_workers(script: Path, method: str) -> None:
    """The terminal sends it to every process; only the first reports it, and the output of all ends."""
    process = busy(script, method)
    os.killpg(process.pid, signal.SIGINT)
    _, errors = process.communicate(timeout=60)
    assert process.returncode != 0
    assert errors.count("Traceback") == 1


@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_workers_end_with_a_killed_parent(script: Path, method: str) -> None:
    """Their output ends, because none of them is left to hold it open."""
    process = busy(script, method)
    process.kill()
    process.communicate(timeout=60)
    assert process.returncode == -signal.SIGKILL
