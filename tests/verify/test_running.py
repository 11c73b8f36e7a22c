"""A command under a time limit: what it started is dead afterwards, whatever it was."""

from __future__ import annotations

import os
import sys
from pathlib import Path

import pytest

from ssot_migrate.errors import UsageError
from ssot_migrate.verify.running import MARK, Ended, run

LEAVES_ONE = """
import os, subprocess, sys, time
session = bool(int(sys.argv[1]))
child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(600)"], start_new_session=session)
print(child.pid, flush=True)
if int(sys.argv[2]):
    time.sleep(600)
"""


def here(tmp_path: Path, limit: float, *words: str) -> Ended:
    """Run Python in a folder of the test's own."""
    environment = {**os.environ, MARK: str(tmp_path)}
    return run([sys.executable, *words], tmp_path, environment, limit, tmp_path / "log")


def is_alive(pid: int) -> bool:
    """Whether a process runs; one that is dead and not yet reaped does not."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_status_and_output_are_told(tmp_path: Path) -> None:
    """Both streams, and the end of them only."""
    code = "import sys; print('a' * 30_000); print('end', file=sys.stderr); sys.exit(3)"
    ended = here(tmp_path, 60, "-c", code)
    assert ended.status == 3
    assert ended.output.startswith("a")
    assert len(ended.output) == 20_000
    assert "end" in ended.output


def test_a_signal_is_told(tmp_path: Path) -> None:
    """As its negative number."""
    assert here(tmp_path, 60, "-c", "import os; os.kill(os.getpid(), 9)").status == -9


@pytest.mark.parametrize("session", ["0", "1"], ids=["in the group", "in a session of its own"])
@pytest.mark.parametrize("hangs", ["0", "1"], ids=["ends", "hangs"])
def test_nothing_is_left_running(tmp_path: Path, session: str, hangs: str) -> None:
    """A child is killed with the command, also one that has left its group, and also if the command ended."""
    ended = here(tmp_path, 5 if hangs == "1" else 60, "-I", "-S", "-c", LEAVES_ONE, session, hangs)
    assert ended.status == (None if hangs == "1" else 0)
    assert not is_alive(int(ended.output.split()[0]))


def test_a_program_that_is_not_there_is_named(tmp_path: Path) -> None:
    """With what to do about it."""
    with pytest.raises(UsageError, match="no-such-program"):
        run(["no-such-program"], tmp_path, os.environ, 5, tmp_path / "log")
