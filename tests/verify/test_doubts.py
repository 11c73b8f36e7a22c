"""Why a comparison is no proof, in words that say what to do."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest


@pytest.mark.parametrize(
    ("command", "words"),
    [
        ("-m nothing_of_that_name", "exit status 1; its last line: .* No module named nothing_of_that_name"),
        ("-c 'raise SystemExit(3)'", "exit status 3$"),
    ],
)
def test_what_fails_on_the_base_says_why(tmp_path: Path, command: str, words: str) -> None:
    """The last line that the command printed, if there is one."""
    (tmp_path / "a.py").write_text('import os\n\nA = os.environ.get("A")\n', "utf-8")
    for words_of in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "base"]):
        subprocess.run(["git", "-C", str(tmp_path), *words_of], check=True)
    tool = [sys.executable, "-m", "ssot_migrate", "verify", "--test-command", f"{sys.executable} {command}"]
    done = subprocess.run(tool, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == 8, done.stdout + done.stderr
    told = next(line for line in done.stdout.splitlines() if "fails on the base" in line)
    assert re.search(words, told.rstrip()), told
