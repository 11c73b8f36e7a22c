"""Output that cannot be written, because the disk is full or the reader has gone."""

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


def test_a_reader_that_leaves_ends_the_run_without_a_word(tmp_path: Path) -> None:
    """As ``| head -1`` does: exit code 1, and nothing on stderr."""
    text = "".join(f'A{number} = os.environ["A{number}"]\n' for number in range(3000))
    (tmp_path / "a.py").write_text(f"import os\n\n{text}", "utf-8")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "base"]):
        subprocess.run(["git", "-C", str(tmp_path), *command], check=True)
    run = [sys.executable, "-m", "ssot_migrate", "plan", "--no-cache", "--format", "json", str(tmp_path)]
    with subprocess.Popen(run, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(1)
        process.stdout.close()
        said = process.stderr.read()
    assert (process.returncode, said) == (ExitCode.FAILED, b"")
