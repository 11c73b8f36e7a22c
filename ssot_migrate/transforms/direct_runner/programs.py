"""Which words name a program that runs tests: pytest, an interpreter, coverage, a script."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

import msgspec

from ssot_migrate.model import Frozen
from ssot_migrate.transforms.direct_runner.arguments import Argument, literal


class Runs(Enum):
    """What a command line runs."""

    PYTEST = "pytest"
    UNITTEST = "unittest"
    SCRIPT = "script"


class Program(Frozen, frozen=True, array_like=True):
    """The words ``[first, last)`` of a command line name what runs; arguments follow them.

    ``bare``: no interpreter stands in front, so one must be written; ``managed``: the
    tool in front (poetry, tox, …) chooses the interpreter; ``hidden`` says why the file
    system or the program that will see these words is not this repository's, ``doubt`` what
    a person should look at.
    """

    runs: Runs
    first: int
    last: int
    bare: bool = False
    managed: bool = False
    hidden: str = ""
    doubt: str = ""


PYTEST = re.compile(r"(?:.*/)?(?:pytest|py\.test)(?:-3)?")
PYTHON = re.compile(r"(?:.*/)?(?:python|pypy)(?:\d(?:\.\d+)?)?")
MODULES = {"pytest": Runs.PYTEST, "py.test": Runs.PYTEST, "unittest": Runs.UNITTEST}
_INTERPRETER_SWITCHES = {"-u", "-O", "-OO", "-B", "-b", "-bb", "-d", "-q", "-v"}
_INTERPRETER_VALUED = {"-W", "-X"}
_MEASURED = "coverage then measures the runner as well"
_COVERAGE_SWITCHES = {"-a", "--append", "--branch", "-p", "--parallel-mode", "--timid", "-L", "--pylib"}


def program_at(words: Sequence[Argument], position: int) -> Program | None:
    """The program that the words from ``position`` on start, if it runs tests."""
    if position >= len(words):
        return None
    word = words[position]
    if word.stands_for == "pytest" or (word.whole and PYTEST.fullmatch(word.text)):
        return Program(Runs.PYTEST, position, position + 1, bare=True)
    if word.is_option("coverage"):
        return _coverage(words, position + 1)
    if word.stands_for == "python" or (word.whole and PYTHON.fullmatch(word.text)):
        return _python(words, position + 1)
    if not word.whole and literal(words, position + 1) == "-m":
        return _python(words, position + 1)
    if word.whole and word.text.endswith(".py") and "/" in word.text:
        return Program(Runs.SCRIPT, position, position + 1, bare=True)
    return None


def _python(words: Sequence[Argument], position: int) -> Program | None:
    odd = ""
    while (text := literal(words, position)).startswith("-") and text != "-m":
        if text in _INTERPRETER_VALUED:
            position += 2
        elif text in _INTERPRETER_SWITCHES or text[:2] in _INTERPRETER_VALUED:
            position += 1
        elif text == "-c" or text == "-":
            return None
        else:
            odd, position = text, position + 1
    if text == "-m":
        found = _module(words, position)
    else:
        found = Program(Runs.SCRIPT, position, position + 1) if text.endswith(".py") else None
    return (
        replaced(found, hidden=f"the interpreter's option {odd} changes what can be imported")
        if found and odd
        else found
    )


def _module(words: Sequence[Argument], position: int) -> Program | None:
    module = literal(words, position + 1)
    if module in MODULES:
        return Program(MODULES[module], position, position + 2)
    return _coverage(words, position + 2) if module == "coverage" else None


def _coverage(words: Sequence[Argument], position: int) -> Program | None:
    """``coverage run`` of a module or script: only what it runs is replaced."""
    if literal(words, position) != "run":
        return None
    position += 1
    while (text := literal(words, position)).startswith("-") and text != "-m":
        if text not in _COVERAGE_SWITCHES and "=" not in text:
            return None
        position += 1
    if text == "-m":
        found = _module(words, position)
        return found and msgspec.structs.replace(found, doubt=_MEASURED)
    return Program(Runs.SCRIPT, position, position + 1) if text.endswith(".py") else None


def replaced(program: Program, *, managed: bool = False, hidden: str = "") -> Program:
    """``program`` behind words that choose its interpreter, or hide it; what was said first stays."""
    return msgspec.structs.replace(
        program, managed=program.managed or managed, hidden=program.hidden or hidden
    )
