"""Patterns of paths mean what git means, and none of them thinks for ever."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ssot_migrate.errors import ExitCode, SettingsError
from ssot_migrate.fleet.owners import owners_of
from ssot_migrate.globs import globs
from tests.custom.conftest import Make, Run, make, run

__all__ = ["make", "run"]

PATHS = ("a", "ab", "abc", "a/b", "a/b/c", "ab/a/c", "b/ab", "c/a/b/a")
LINES = st.lists(st.from_regex(r"!?/?[abc*?][abc*/?]{0,6}[abc*?]", fullmatch=True), min_size=1, max_size=4)


@given(LINES)
def test_patterns_with_many_stars_mean_the_same(lines: list[str]) -> None:
    """However they are matched: what git ignores is what matches."""
    many = globs([*lines, "*****/*q*/*r*/*s*"])
    assert [many.match_file(path) for path in PATHS] == [globs(lines).match_file(path) for path in PATHS]


def test_they_are_git_s(tmp_path: Path) -> None:
    """Of many stars, too."""
    lines = ["*a*b*c", "/x*/*/*y*", "!xyz/*/*ya*"]
    paths = ["1a2b3c", "d/abc", "a/b/c", "xyz/q/y", "xyz/q/ya", "q/xyz/q/y"]
    subprocess.run(["git", "init", "-q", str(tmp_path)], check=True)
    (tmp_path / ".gitignore").write_text("\n".join(lines))
    command = ["git", "-C", str(tmp_path), "check-ignore", "--stdin"]
    done = subprocess.run(command, input="\n".join(paths), text=True, capture_output=True, check=True)
    assert [path for path in paths if globs(lines).match_file(path)] == done.stdout.split()


HUNGRY = f"{'*[ab]' * 12}*[!ab]"
LONG = "ab" * 100


def test_many_stars_over_a_long_name_are_no_matter() -> None:
    """Tried one by one, in all ways, they would take years."""
    spec = globs([HUNGRY])
    assert not spec.match_file(LONG)
    assert spec.match_file(f"{LONG}c")


def test_one_that_thinks_too_long_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever it is that it finds to do."""
    monkeypatch.setattr("ssot_migrate.globs.SECONDS", 0.0001)
    with pytest.raises(SettingsError, match=r"needs more than 0.0001 s for 'abab"):
        globs([HUNGRY]).match_file(LONG * 40)


@pytest.mark.parametrize(
    "key", ["exclude = [{!r}]\n", "runners = [{!r}]\n", "services = {{ app = [{!r}] }}\n"]
)
def test_settings_of_a_hostile_repository(make: Make, run: Run, key: str) -> None:
    """What is no pattern is refused by name, and one of many stars does not keep the run."""
    code = {f"{LONG}.py": "import os\nA = os.environ['A']\n"}
    make(key.format(HUNGRY), code)
    assert run("plan").returncode == ExitCode.OK
    make(key.format("!"), code)
    done = run("plan")
    assert done.returncode == ExitCode.USAGE
    assert "error: ssot.toml: '!' is no pattern of paths\n" in done.stderr


def test_a_line_of_codeowners_that_is_no_pattern_owns_nothing() -> None:
    """The others do."""
    assert owners_of(["a/b.py"], "! @eve\n* @bob\n/c/ @eve\n") == ("bob",)
