"""Which words of a command line start a test run: the program, what leads to it, what it is given."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum

import msgspec

from ssot_migrate.model import Frozen
from ssot_migrate.transforms.direct_runner.arguments import Argument


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


_PYTEST = re.compile(r"(?:.*/)?(?:pytest|py\.test)(?:-3)?")
_PYTHON = re.compile(r"(?:.*/)?(?:python|pypy)(?:\d(?:\.\d+)?)?")
_MODULES = {"pytest": Runs.PYTEST, "py.test": Runs.PYTEST, "unittest": Runs.UNITTEST}
_PREFIXES = {"time", "exec", "command", "nohup", "env", "xargs"}
_WITHOUT = {"nice", "sudo", "xvfb-run"}
_WITH_OPTION = {"xvfb-run": "-a|--auto-servernum", "timeout": r"[\d.]+[smhd]?"}
_MANAGERS = {"poetry", "uv", "pipenv", "pdm", "rye", "hatch"}
_CONTAINERS = {
    "docker",
    "docker-compose",
    "podman",
    "podman-compose",
    "kubectl",
    "oc",
    "ssh",
    "vagrant",
    "nerdctl",
}
_INTERPRETER_SWITCHES = {"-u", "-O", "-OO", "-B", "-b", "-bb", "-d", "-q", "-v"}
_INTERPRETER_VALUED = {"-W", "-X"}
_MANAGER_SWITCHES = {
    "--",
    "--frozen",
    "--locked",
    "--no-sync",
    "--isolated",
    "--active",
    "-q",
    "--quiet",
    "-v",
}
_MEASURED = "coverage then measures the runner as well"
_COVERAGE_SWITCHES = {"-a", "--append", "--branch", "-p", "--parallel-mode", "--timid", "-L", "--pylib"}


def recognise(words: Sequence[Argument]) -> Program | None:
    """The test run that a command line starts, or None if it starts none."""
    position = _past_prefixes(words)
    if position >= len(words):
        return None
    name = words[position].text.rpartition("/")[2]
    if name in _CONTAINERS:
        return _hidden(words, position + 1, "runs in another file system, where the runner must exist first")
    if name in _MANAGERS:
        inner = _past_manager(words, position)
        found = _program(words, inner) if inner else None
        return found and _replaced(found, managed=True)
    return _program(words, position) or _hidden_behind_dashes(words, position)


def _past_prefixes(words: Sequence[Argument]) -> int:
    position = 0
    while position < len(words):
        text = words[position].text
        if text in _PREFIXES or re.match(r"[A-Za-z_]\w*=", text):
            position += 1
        elif text in _WITH_OPTION and re.fullmatch(_WITH_OPTION[text], _literal(words, position + 1)):
            position += 2
        elif text in _WITHOUT and not _literal(words, position + 1).startswith("-"):
            position += 1
        else:
            break
    return position


def _past_manager(words: Sequence[Argument], position: int) -> int:
    """The index after ``poetry run`` and its likes; 0 if this is no such call."""
    if _literal(words, position + 1) != "run":
        return 0
    position += 2
    if words[position - 2].text == "hatch" and re.fullmatch(r"[\w.-]+:[\w.-]+", _literal(words, position)):
        return 0
    while _literal(words, position) in _MANAGER_SWITCHES:
        position += 1
    return position


def _program(words: Sequence[Argument], position: int) -> Program | None:
    if position >= len(words):
        return None
    word = words[position]
    if word.stands_for == "pytest" or (word.whole and _PYTEST.fullmatch(word.text)):
        return Program(Runs.PYTEST, position, position + 1, bare=True)
    if word.is_option("coverage"):
        return _coverage(words, position + 1)
    if word.stands_for == "python" or (word.whole and _PYTHON.fullmatch(word.text)):
        return _python(words, position + 1)
    if not word.whole and _literal(words, position + 1) == "-m":
        return _python(words, position + 1)
    if word.whole and word.text.endswith(".py") and "/" in word.text:
        return Program(Runs.SCRIPT, position, position + 1, bare=True)
    return None


def _python(words: Sequence[Argument], position: int) -> Program | None:
    odd = ""
    while (text := _literal(words, position)).startswith("-") and text != "-m":
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
        _replaced(found, hidden=f"the interpreter's option {odd} changes what can be imported")
        if found and odd
        else found
    )


def _module(words: Sequence[Argument], position: int) -> Program | None:
    module = _literal(words, position + 1)
    if module in _MODULES:
        return Program(_MODULES[module], position, position + 2)
    return _coverage(words, position + 2) if module == "coverage" else None


def _coverage(words: Sequence[Argument], position: int) -> Program | None:
    """``coverage run`` of a module or script: only what it runs is replaced."""
    if _literal(words, position) != "run":
        return None
    position += 1
    while (text := _literal(words, position)).startswith("-") and text != "-m":
        if text not in _COVERAGE_SWITCHES and "=" not in text:
            return None
        position += 1
    if text == "-m":
        found = _module(words, position)
        return found and msgspec.structs.replace(found, doubt=_MEASURED)
    return Program(Runs.SCRIPT, position, position + 1) if text.endswith(".py") else None


def _hidden(words: Sequence[Argument], position: int, why: str) -> Program | None:
    """A run somewhere among the words of a program that runs things elsewhere."""
    for index in range(position, len(words)):
        bare = words[index].whole and _PYTEST.fullmatch(words[index].text)
        module = words[index].is_option("-m") and _literal(words, index + 1) in _MODULES
        if bare or (module and index and _PYTHON.fullmatch(words[index - 1].text)):
            return Program(Runs.PYTEST, index, index + 1, hidden=why)
    return None


def _hidden_behind_dashes(words: Sequence[Argument], position: int) -> Program | None:
    """A run given to a program that we do not know: ``wait-for-it db:5432 -- pytest``."""
    for index in range(position, len(words) - 1):
        found = _program(words, index + 1) if words[index].is_option("--") else None
        if found is not None and found.runs is not Runs.SCRIPT:
            return _replaced(
                found, hidden=f"{words[position].text} is not known to run it in this file system"
            )
    return None


def _literal(words: Sequence[Argument], position: int) -> str:
    """The word at ``position`` where all of it is known, else nothing."""
    return words[position].text if position < len(words) and words[position].whole else ""


def _replaced(program: Program, *, managed: bool = False, hidden: str = "") -> Program:
    return msgspec.structs.replace(
        program, managed=program.managed or managed, hidden=program.hidden or hidden
    )
