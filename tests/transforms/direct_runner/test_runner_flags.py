"""Mapped arguments mean to pytest, through the real runner, what the original ones meant."""

from __future__ import annotations

import importlib.util
import sys
from argparse import Namespace
from functools import cache
from pathlib import Path
from types import ModuleType

import pytest
from _pytest.config import get_config
from hypothesis import assume, given
from hypothesis import strategies as st

import ssot_migrate.runtime
from ssot_migrate.edits import Span, splice
from ssot_migrate.transforms.direct_runner.arguments import Argument
from ssot_migrate.transforms.direct_runner.flags import mapped, question
from ssot_migrate.transforms.direct_runner.options import OPTIONS

FILES = Path(ssot_migrate.runtime.__file__).parent / "files"


@cache
def runner() -> ModuleType:
    """The runner's module, loaded from the sources that are vendored."""
    before = list(sys.path)
    spec = importlib.util.spec_from_file_location("runner_under_test", FILES / "tests/unified_test_runner.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    sys.path[:] = before
    return module


def rewritten(line: list[str], open_end: bool = False) -> list[str]:
    """The words after mapping, read back from the edited text of a list of quoted words."""
    arguments: list[Argument] = []
    position = 1
    for word in line:
        end = position + len(word.encode())
        arguments.append(Argument(word, Span(position, end), joint="\0"))
        position = end + 1
    edits = mapped(arguments, open_end).edits
    return splice(("\0" + "\0".join(line)).encode(), edits).decode().split("\0")[1:] if line else []


@cache
def pytests() -> pytest.Parser:
    """The parser of a pytest that has read no file."""
    return get_config()._parser


def meaning(arguments: list[str]) -> dict[str, object]:
    """What pytest's own parser makes of a command line."""
    try:
        parsed, unknown = pytests().parse_known_and_unknown_args(arguments, namespace=Namespace())
    except pytest.UsageError:
        return {"error": True}
    return {**vars(parsed), "unknown": unknown}


def through_runner(line: list[str]) -> list[str]:
    """What the runner gives to pytest, its own plugins left out."""
    own, verbatim = runner()._split(line)
    arguments: list[str] = runner().pytest_arguments(runner()._parser().parse_args(own), verbatim)
    return arguments[2 * len(runner()._PLUGINS) :]


PATHS = st.sampled_from(["tests", "tests/a.py", "tests/b.py::TestB::test_b", "a b/c.py"])
SWITCHES = st.sampled_from(
    ["-v", "-vv", "-q", "-x", "-s", "-xvs", "-xv", "-l", "--exitfirst", "--verbose", "--lf", "--co"]
)
VALUES = st.sampled_from(
    [
        *(("-k", value) for value in ("a", "a and not b", "", "--")),
        *(("-m", value) for value in ("slow", "not slow", "")),
        *(("--maxfail", value) for value in ("2", "0", "007")),
        ("--tb", "short"), ("-o", "addopts="), ("-p", "no:cacheprovider"), ("-r", "A"), ("-W", "error"),
        ("--junitxml", "out.xml"), ("--junit-xml", "o u t.xml"), ("--durations", "3"),
        ("--ignore", "tests/c.py"), ("--rootdir", "."), ("--color", "no"), ("--debug", "log.txt"),
    ]
)  # fmt: skip
JOINED = VALUES.map(lambda pair: f"{pair[0]}={pair[1]}" if pair[0].startswith("--") else "".join(pair))
WORDS = st.one_of(PATHS, SWITCHES, JOINED, st.just("--debug")).map(lambda word: [word]) | VALUES.map(list)
LINES = st.lists(WORDS, max_size=6).map(lambda parts: [word for part in parts for word in part])


@given(LINES)
def test_the_runner_hands_pytest_the_same_meaning(line: list[str]) -> None:
    """Every option, every path and their order are what they were."""
    assert meaning(through_runner(rewritten(line))) == meaning(line)


@given(LINES, LINES)
def test_words_that_follow_unseen_keep_their_meaning(line: list[str], rest: list[str]) -> None:
    """A program may append anything to a list whose end is open."""
    assume(line)
    assert meaning(through_runner([*rewritten(line, open_end=True), *rest])) == meaning([*line, *rest])


@pytest.mark.parametrize(
    ("line", "expected"),
    [
        ("tests -v", "tests -v"),
        ("tests -v --tb=short", "tests -v -- --tb=short"),
        ("--exitfirst --junitxml=o.xml tests", "--fail-fast --junit=o.xml tests"),
        ("--tb=short tests", "-- --tb=short tests"),
        ("a.py -v b.py", "-- a.py -v b.py"),
        ("tests --cov", "-- tests --cov"),
        ("tests --cov=app", "tests -- --cov=app"),
        ("tests -n 4", "tests -- -n 4"),
        ("-x --maxfail=3", "-- -x --maxfail=3"),
        ("--maxfail=0", "-- --maxfail=0"),
        ("--timeout 60 tests", "--timeout 60 tests"),
        ("-xvs tests", "-- -xvs tests"),
        ("", ""),
    ],
)
def test_mapping(line: str, expected: str) -> None:
    """Known words are translated where they stand; from the first other one all stay behind ``--``."""
    assert rewritten(line.split()) == expected.split()


def test_questions_are_no_runs() -> None:
    """A command that asks pytest for its version or help is told from one that runs tests."""
    assert question([Argument("tests", Span(0, 5)), Argument("--version", Span(6, 15))])
    assert not question([Argument("-k", Span(0, 2)), Argument("version", Span(3, 10))])


def test_doubts_are_named() -> None:
    """Options that move pytest's root or block a plugin are for review."""
    for word in ("-p", "-pno:cacheprovider", "--rootdir=.", "-c", "--lf"):
        assert mapped([Argument(word, Span(0, len(word)))]).doubt
    assert not mapped([Argument("--tb=short", Span(0, 10))]).doubt


def test_words_of_the_table_are_the_runners_own() -> None:
    """The runner's parser knows every name that the table translates to."""
    known = {name for action in runner()._parser()._actions for name in action.option_strings}
    assert {option.own for option in OPTIONS.values() if option.own} <= known
