"""An existing Bowler query as a plan: Bowler itself, in a process of its own, and our gates after it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ssot_migrate.custom.captured import edits_between
from ssot_migrate.edits import splice
from ssot_migrate.errors import ExitCode
from tests.custom.conftest import Make, Run

RENAME = """\
import sys
from bowler import Query

Query(sys.argv[1:]).select_function("old_name").rename("new_name").{end}
"""
USE = "from lib import old_name\n\n\ndef test_it():\n    assert old_name(1) == 1  # the old one\n"
FILES = {
    "lib.py": "def old_name(value):\n    return value\n",
    "tests/test_it.py": USE,
    "windows.py": "from lib import old_name\r\n\r\nVALUE = old_name(2)\r\n",
    "marked.py": "\ufefffrom lib import old_name\n\nVALUE = old_name(3)\n",
    "newer.py": "from lib import old_name\n\ntry:\n    old_name(4)\nexcept* ValueError:\n    pass\n",
    "other.py": "VALUE = 1\n",
}


@pytest.fixture
def query(tmp_path: Path) -> Path:
    """A script outside of the repository that ends in ``diff``, as most do."""
    path = tmp_path / "rename.py"
    path.write_text(RENAME.format(end="diff(interactive=True)"))
    return path


def test_a_query_is_a_plan_for_review(make: Make, run: Run, query: Path, tmp_path: Path) -> None:
    """Its edits are sealed, and applied byte for byte: line ends and byte order marks stay."""
    root = make("", FILES)
    plan = str(tmp_path / "plan.json")
    done = run("bowler", str(query), "--out", plan, "--format", "lines")

    assert done.returncode == ExitCode.PARTIAL  # newer.py
    assert {line.partition(":")[0] for line in done.stdout.splitlines() if "changed" in line} == {
        *("lib.py", "tests/test_it.py", "windows.py", "marked.py"),
    }
    assert "bowler-query: changed (review): the Bowler query rename.py (edits: 2)" in done.stdout
    assert (root / "lib.py").read_text() == FILES["lib.py"]
    assert run("apply", "--plan", plan, "--in-place").returncode == ExitCode.PARTIAL
    for path, text in FILES.items():
        wanted = text if path in ("newer.py", "other.py") else text.replace("old_name", "new_name")
        assert (root / path).read_bytes() == wanted.encode()


def test_what_bowler_cannot_parse_is_reported(make: Make, run: Run, query: Path, tmp_path: Path) -> None:
    """It exits with 0 and says nothing of such a file; we name each."""
    make("", FILES)
    run("bowler", str(query), "--out", str(tmp_path / "plan.json"))
    (problem,) = json.loads((tmp_path / "plan.json").read_bytes())["problems"]
    assert (problem["path"], problem["stage"]) == ("newer.py", "bowler")
    assert problem["message"].startswith("Bowler cannot parse it: ")


def test_its_edits_pass_our_gates(make: Make, run: Run, tmp_path: Path) -> None:
    """A name that a query leaves undefined keeps the file as it was."""
    query = tmp_path / "rename.py"
    query.write_text(
        "from bowler import Query\n\n\ndef spoil(node, capture, filename):\n"
        '    if node.value == "value" and node.prefix:\n'
        '        node.replace(type(node)(node.type, "nowhere", prefix=" "))\n'
        "\n\ndef main():\n"
        '    Query(".").select_root().select("NAME").modify(spoil).write()\n'
    )
    make("", {"lib.py": "def name(value):\n    return value\n"})
    said = run("bowler", str(query), "--format", "lines").stdout
    assert "gated: left as it was" in said
    assert "nowhere" in said


def test_code_of_the_repository_is_no_query(make: Make, run: Run) -> None:
    """A query in the repository is refused, and nothing of it runs."""
    root = make("", {"query.py": "import pathlib\npathlib.Path('ran').touch()\n"})
    done = run("bowler", "query.py")
    assert done.returncode == ExitCode.REFUSED
    assert not (root / "ran").exists()


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("import time\ntime.sleep(60)\n", "took more than 3 s"),
        ("1 / 0\n", "the query failed: ZeroDivisionError"),
        ("VALUE = 1\n", "executed no query"),
        ("from bowler import Query\nQuery('/etc').select_function('x').rename('y').write()\n", "names /etc"),
        (
            "from bowler import Query\nQuery('../..').select_function('x').rename('y').write()\n",
            "names ../..",
        ),
    ],
)
def test_a_query_that_goes_wrong_ends_in_a_message(
    make: Make, run: Run, tmp_path: Path, text: str, said: str
) -> None:
    """Whatever it does, it does to copies, and there is no plan."""
    make("", {"lib.py": "VALUE = 1\n"})
    (tmp_path / "query.py").write_text(text)
    done = run("bowler", str(tmp_path / "query.py"), "--seconds", "3" if "sleep" in text else "60")
    assert done.returncode == ExitCode.USAGE
    assert said in done.stderr


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("a\nb\nc\n", "a\nB\nc\n"),
        ("a\r\nb\r\n", "a\nbb\nnew\n"),
        ("ä = 1\nö = 2", "ä = 1\nöö = 2"),
        ("", "a\n"),
        ("a\fb\n", "a\fc\n"),
        ("x\n", ""),
    ],
)
def test_edits_give_the_text_with_its_own_line_ends(before: str, after: str) -> None:
    """Spliced, they give what the other tool wrote, and CRLF where that was."""
    wanted = after.replace("\n", "\r\n") if "\r\n" in before else after
    assert splice(before.encode(), edits_between(before, after)) == wanted.encode()
