"""Output that cannot be written: one line says so, whatever the form of the output."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from ssot_migrate.errors import ExitCode

pytestmark = [
    pytest.mark.heavy,
    pytest.mark.skipif(not os.path.exists("/dev/full"), reason="needs a device that is always full"),
]


@pytest.mark.parametrize("form", ["table", "lines", "json", "sarif", "diff"])
def test_a_full_disk_behind_stdout_is_told_on_stderr(tmp_path: Path, form: str) -> None:
    """No traceback, exit code 1, and nothing more at the interpreter's end."""
    (tmp_path / "a.py").write_text('import os\n\nA = os.environ["A"]\n', "utf-8")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "base"]):
        subprocess.run(["git", "-C", str(tmp_path), *command], check=True)
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [sys.executable, "-m", "ssot_migrate", "plan", "--no-cache", "--format", form, str(tmp_path)],
            stdout=full,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
        )
    assert done.returncode == ExitCode.FAILED
    error, hint = done.stderr.splitlines()
    assert error == "error: No space left on device"
    assert hint.startswith("hint: ")
