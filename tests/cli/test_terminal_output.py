"""What people see in terminals of any width: whole names, lines that fit, colour only where it is wanted."""

from __future__ import annotations

import re
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rich.cells import cell_len

from ssot_migrate.errors import ExitCode

pytestmark = pytest.mark.heavy
COLOUR = re.compile(r"\x1b\[(?:\d+;)*(?:3\d|9\d)(?:;\d+)*m")
SERVICES = ("a_service_with_a_long_name", "another_service_with_a_long_name")


@pytest.fixture
def repo(tmp_path: Path) -> Path:
    """Two services with findings of two rules in several states, a broken file, an odd file name."""
    root = tmp_path / "repo"
    for service in SERVICES:
        (root / service).mkdir(parents=True)
        (root / service / "__init__.py").write_text("")
        (root / service / "config.py").write_text(
            'import os\n\nA = os.environ["A"]\nB = os.environ.pop("B")\n'
        )
        (root / service / "run.py").write_text("import pytest\n\npytest.main()\n")
    (root / SERVICES[0] / "broken.py").write_text("import os\n\n\ndef f(:\n    os.environ['A']\n")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-qm", "base"]):
        subprocess.run(["git", "-C", str(root), *command], check=True)
    return root


@pytest.mark.parametrize("columns", [60, 80, 200])
def test_names_are_whole_and_tables_fit(repo: Path, terminal: Callable[..., Any], columns: int) -> None:
    """No name is cut at any width, and what is laid out keeps within it; problems say where and what next."""
    seen = {
        command: terminal(*command.split(), cwd=repo, columns=columns)
        for command in ("plan", "check", "conflicts", "apply", "undo --last", "rules", "explain SSOT201")
    }
    for command in ("plan", "check"):
        text = "\n".join(seen[command].lines)
        assert all(name in text for name in (*SERVICES, "direct-env-access"))
        (problem,) = (line for line in seen[command].lines if "broken.py" in line)
        assert problem.startswith(f"{SERVICES[0]}/broken.py:4: parse problem: ")
        assert "next: " in problem
    laid_out = [line for one in seen.values() for line in one.lines if line.startswith(("│", "┏", "SSOT"))]
    laid_out += seen["explain SSOT201"].lines
    assert max(map(cell_len, laid_out)) <= columns
    assert [one.code for one in seen.values()] == [4, 7, 0, 4, 0, 0, 0]


def test_colour_where_it_is_wanted(repo: Path, terminal: Callable[..., Any]) -> None:
    """A terminal has colours and progress with counts; NO_COLOR has none, for errors neither."""
    colourful = terminal("plan", cwd=repo)
    assert COLOUR.search(colourful.raw)
    assert re.search(r"scan\W+\d+/\d+ \d:\d\d:\d\d", re.sub(r"\x1b\[[\d;?]*\w", "", colourful.raw))
    assert COLOUR.search(terminal("plan", "--rule", "nope", cwd=repo).raw)
    for arguments, code in (
        (("plan", "--no-cache"), ExitCode.PARTIAL),
        (("plan", "--rule", "nope"), ExitCode.USAGE),
    ):
        plain = terminal(*arguments, cwd=repo, env={"NO_COLOR": "1"})
        assert plain.code == code
        assert not COLOUR.search(plain.raw)


def test_columns_stand_in_one_order(repo: Path, terminal: Callable[..., Any]) -> None:
    """What is safe before what is for review, whatever the order in which Python goes through a set."""
    (repo / SERVICES[0] / "config.py").write_text('import os\n\nA = os.environ["A"]\nos.putenv("B", "")\n')
    subprocess.run(["git", "-C", str(repo), "commit", "-qam", "two kinds"], check=True)
    plan = ("plan", "--include", "review")
    heads = set()
    for seed in range(6):
        seen = terminal(*plan, cwd=repo, env={"PYTHONHASHSEED": str(seed)}, columns=200)
        heads.add(next((line for line in seen.lines if "migration" in line), str(seen.lines)))
    (head,) = heads
    assert 0 < head.index("changed (safe)") < head.index("changed (review)")
