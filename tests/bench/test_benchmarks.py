"""The comparison with our peers: its cases hold, its judge can say no, and its page says what was seen."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

import correctness
import page

ROOT = Path(__file__).parents[2]
DOCS = ROOT / "docs"
LEFT = {"optional_import": "missed"}  # the name may be None there: that is advice, not an edit


def replacing(old: bytes, new: bytes) -> Callable[[Path, str], None]:
    """A tool that replaces text, as a throw-away script would."""

    def rewrite(folder: Path, name: str) -> None:
        path = folder / name
        path.write_bytes(path.read_bytes().replace(old, new))

    return rewrite


UNDER_ANOTHER_NAME = b"__import__('shared.isolated_environment').isolated_environment.get_env()"
IMPORT = b"from shared.isolated_environment import get_env\n"


@pytest.mark.parametrize(
    ("case", "rewrite", "verdict"),
    [
        ("used_import", replacing(b"os.environ", b"os.environ"), "missed"),
        ("used_import", replacing(b"os.environ", b"get_env()"), "wrong"),
        ("used_import", replacing(b"import os\n", IMPORT), "wrong"),
        ("used_import", replacing(b"os.environ", b"get_env("), "broke"),
        ("alias", replacing(b"os.environ", b"get_env()"), "broke"),
        ("crlf", replacing(b"\r\n", b"\n"), "wrong"),
        ("shadowed_parameter", replacing(b"os.environ", b"{}"), "wrong"),
        ("comments_between_tokens", replacing(b"  # why this one", b""), "wrong"),
        ("unused_import", replacing(b"os.environ", UNDER_ANOTHER_NAME), "wrong"),
        ("used_import", replacing(b"import sys\n", b"import sys\n" + IMPORT), "missed"),
        ("shadowed_parameter", lambda folder, name: None, "right"),
    ],
)  # fmt: skip
def test_the_judge_tells_them_apart(case: str, rewrite: Callable[[Path, str], None], verdict: str) -> None:
    """What a careless script does to a case is called by its name."""
    judged = correctness.judge(case, rewrite)
    assert judged.verdict == verdict, judged


@pytest.mark.parametrize("case", correctness.names())
def test_a_case_holds_as_it_is(case: str, tmp_path: Path) -> None:
    """Before anybody touches it, each case passes."""
    shutil.copy2(correctness.CASES / f"{case}.py", tmp_path)

    assert correctness.run(tmp_path, case)["error"] == ""


@pytest.mark.heavy
@pytest.mark.parametrize("case", correctness.names())
def test_we_get_a_case_right(case: str) -> None:
    """Ours is right on every case but those that are named, with their reason, above."""
    judged = correctness.judge(case, correctness.ours)

    assert judged.verdict == LEFT.get(case, "right"), judged


def test_the_page_is_that_of_the_figures() -> None:
    """Nobody edits a figure by hand: page and chart are made from the measured data."""
    found = json.loads((DOCS / "benchmarks.json").read_text("utf-8"))

    assert (DOCS / "benchmarks.md").read_text("utf-8") == page.page(found)
    assert (DOCS / "benchmarks.svg").read_text("utf-8") == page.chart(found)
