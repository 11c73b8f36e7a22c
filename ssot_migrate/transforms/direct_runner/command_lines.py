"""The test run that a command line starts, past prefixes, managers and containers."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ssot_migrate.transforms.direct_runner.arguments import Argument, literal
from ssot_migrate.transforms.direct_runner.programs import (
    MODULES,
    PYTEST,
    PYTHON,
    Program,
    Runs,
    program_at,
    replaced,
)

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
        found = program_at(words, inner) if inner else None
        return found and replaced(found, managed=True)
    return program_at(words, position) or _hidden_behind_dashes(words, position)


def _past_prefixes(words: Sequence[Argument]) -> int:
    position = 0
    while position < len(words):
        text = words[position].text
        if text in _PREFIXES or re.match(r"[A-Za-z_]\w*=", text):
            position += 1
        elif text in _WITH_OPTION and re.fullmatch(_WITH_OPTION[text], literal(words, position + 1)):
            position += 2
        elif text in _WITHOUT and not literal(words, position + 1).startswith("-"):
            position += 1
        else:
            break
    return position


def _past_manager(words: Sequence[Argument], position: int) -> int:
    """The index after ``poetry run`` and its likes; 0 if this is no such call."""
    if literal(words, position + 1) != "run":
        return 0
    position += 2
    if words[position - 2].text == "hatch" and re.fullmatch(r"[\w.-]+:[\w.-]+", literal(words, position)):
        return 0
    while literal(words, position) in _MANAGER_SWITCHES:
        position += 1
    return position


def _hidden(words: Sequence[Argument], position: int, why: str) -> Program | None:
    """A run somewhere among the words of a program that runs things elsewhere."""
    for index in range(position, len(words)):
        bare = words[index].whole and PYTEST.fullmatch(words[index].text)
        module = words[index].is_option("-m") and literal(words, index + 1) in MODULES
        if bare or (module and index and PYTHON.fullmatch(words[index - 1].text)):
            return Program(Runs.PYTEST, index, index + 1, hidden=why)
    return None


def _hidden_behind_dashes(words: Sequence[Argument], position: int) -> Program | None:
    """A run given to a program that we do not know: ``wait-for-it db:5432 -- pytest``."""
    for index in range(position, len(words) - 1):
        found = program_at(words, index + 1) if words[index].is_option("--") else None
        if found is not None and found.runs is not Runs.SCRIPT:
            return replaced(
                found, hidden=f"{words[position].text} is not known to run it in this file system"
            )
    return None
