"""The command line of ``python -m unittest`` in the runner's terms: dotted names become node ids."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ssot_migrate.edits import Edit
from ssot_migrate.index.repository import Repository
from ssot_migrate.transforms.direct_runner.arguments import Argument, become
from ssot_migrate.transforms.direct_runner.flags import Mapped

DOUBT = (
    "unittest takes TestCases only, in its own order; the runner takes what pytest does, and fails on no test"
)
_KEPT = {
    "-v": "-v",
    "--verbose": "-v",
    "-q": "-q",
    "--quiet": "-q",
    "-f": "--fail-fast",
    "--failfast": "--fail-fast",
}
_GONE = {"-b", "--buffer", "-c", "--catch"}
_START = {"-s", "--start-directory"}
_PATTERN = {"-p", "--pattern"}
_TOP = {"-t", "--top-level-directory"}
_COLLECTED = {"test*.py", "test_*.py", "*_test.py"}


def mapped_unittest(
    program: Sequence[Argument], arguments: Sequence[Argument], repo: Repository, folder: str
) -> Mapped:
    """Edits on the arguments of ``python -m unittest`` run in ``folder``."""
    edits: list[Edit] = []
    words = [*program, *arguments]
    position = len(program)
    discover = bool(arguments) and arguments[0].is_option("discover")
    if discover:
        edits.append(_removed(words, position))
        position += 1
    while position < len(words):
        argument = words[position]
        following = (
            words[position + 1].text if position + 1 < len(words) and words[position + 1].whole else ""
        )
        if not (argument.whole and argument.plain):
            return Mapped(refusal="unittest is told what to run by a word that is not literal")
        if argument.text in _KEPT:
            edits += [become(argument, _KEPT[argument.text])] if _KEPT[argument.text] != argument.text else []
        elif argument.text in _GONE or argument.text in _START and following:
            edits.append(_removed(words, position))
            position += argument.text in _START
        elif argument.text in _PATTERN | _TOP and (argument.text in _TOP or following in _COLLECTED):
            edits += [_removed(words, position), _removed(words, position + 1)]
            position += 1
        elif argument.text.startswith("-"):
            return Mapped(
                refusal=f"unittest's {argument.text} {following} has no counterpart in the runner".replace(
                    "  ", " "
                )
            )
        elif not discover:
            node = node_id(argument.text, repo, folder)
            if not node:
                return Mapped(refusal=f"{argument.text} is no test that can be found in the repository")
            edits += [become(argument, node)] if node != argument.text else []
        position += 1
    return Mapped(tuple(edits), doubt=DOUBT)


def node_id(name: str, repo: Repository, folder: str) -> str:
    """The node id of a dotted module, class or method, seen from ``folder``; empty if there is none."""
    prefix = f"{folder}/" if folder else ""
    if name.endswith(".py"):
        return name if prefix + name in repo.modules.paths else ""
    if not re.fullmatch(r"\w+(\.\w+)*", name):
        return ""
    parts = name.split(".")
    for cut in range(len(parts), max(0, len(parts) - 3), -1):
        path, rest = "/".join(parts[:cut]) + ".py", parts[cut:]
        if prefix + path in repo.modules.paths:
            return "::".join([path, *rest])
    return ""


def _removed(words: Sequence[Argument], position: int) -> Edit:
    """Take a word away, with what stands between it and the word before."""
    return Edit(words[position - 1].span.end, words[position].span.end, "")
