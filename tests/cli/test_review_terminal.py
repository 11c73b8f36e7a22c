"""``review --terminal`` in a real terminal: one key a change, and each decision in the file at once."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from ssot_migrate.decisions.file import load
from ssot_migrate.errors import ExitCode

PROMPT = "q  ? "


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """Thirty reads of one shape, one write, and a string that would move a cursor."""
    root = tmp_path / "repo"
    root.mkdir()
    reads = "".join(f'def f{n}():\n    return os.environ.get("KEY_{n}")\n\n\n' for n in range(30))
    (root / "reads.py").write_text(f"import os\n\n\n{reads}")
    (root / "writes.py").write_text('import os\n\nos.environ["A\x1b[2J"] = "1"\n')
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "base"]):
        subprocess.run(["git", "-C", str(root), *command], check=True)
    return root


def rulings(repo: Path) -> list[str]:
    """What the file says, sorted."""
    return sorted(d.ruling.value for d in load(repo / "ssot-decisions.txt"))


def test_changes_are_decided_one_by_one(repo: Path, terminal: Callable[..., Any]) -> None:
    """``a`` and ``r`` decide and go on, ``u`` takes back, ``n`` and ``p`` move, ``q`` ends."""
    talk = [(PROMPT, key) for key in "ar?npuaq"]
    seen = terminal("review", "--terminal", cwd=repo, talk=talk)
    assert seen.code == ExitCode.OK
    assert rulings(repo) == ["accept", "accept", "reject"]
    text = "\n".join(seen.lines)
    assert "1/31" in text
    assert "accept, reject, undecided: this change" in text
    assert '-     return os.environ.get("KEY_0")' in text
    assert '+     return get_env().get("KEY_0")' in text
    assert "3 decided; next: ssot-migrate apply --decisions ssot-decisions.txt" in text


def test_groups_and_samples(repo: Path, terminal: Callable[..., Any]) -> None:
    """``s`` shows 20 of the group; ``A`` accepts what nobody has decided of it, ``R`` rejects the next."""
    talk = [(PROMPT, key) for key in "snsrAR"]
    seen = terminal("review", "--terminal", cwd=repo, talk=talk)
    assert seen.code == ExitCode.OK
    text = "\n".join(seen.lines)
    assert "sample 2/20" in text
    assert "accept: 29 changes" in text
    assert "reject: 1 changes" in text
    assert rulings(repo) == ["accept"] * 29 + ["reject"] * 2


def test_nothing_foreign_moves_the_cursor(repo: Path, terminal: Callable[..., Any]) -> None:
    """An escape sequence in the code is shown as a picture of itself, and colours can be turned off."""
    seen = terminal(
        "review",
        "--terminal",
        cwd=repo,
        columns=60,
        talk=[(PROMPT, "N"), (PROMPT, "q")],
        env={"NO_COLOR": "1"},
    )
    assert "A\N{SYMBOL FOR ESCAPE}[2J" in "\n".join(seen.lines)
    assert "A\x1b[2J" not in seen.raw
    assert not re.search(r"\x1b\[[0-9;]*3\d[;m]", seen.raw)
    assert max(map(cell_len, seen.lines)) <= 60


def test_an_interrupt_keeps_what_was_decided(repo: Path, terminal: Callable[..., Any]) -> None:
    """Ctrl-C ends the review as it ends any command; the file has every decision made before."""
    seen = terminal("review", "--terminal", cwd=repo, talk=[(PROMPT, "r"), (PROMPT, "\x03")])
    assert seen.code == ExitCode.INTERRUPTED
    assert rulings(repo) == ["reject"]


def test_a_pipe_is_refused(repo: Path) -> None:
    """Without a terminal there is nobody to ask."""
    command = [sys.executable, "-m", "ssot_migrate", "review", "--terminal"]
    done = subprocess.run(
        command, cwd=repo, stdin=subprocess.DEVNULL, capture_output=True, text=True, check=False
    )
    assert done.returncode == ExitCode.USAGE
    assert "needs a terminal" in done.stderr
