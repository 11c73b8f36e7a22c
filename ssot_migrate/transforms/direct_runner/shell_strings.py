"""Test runs in shell commands that Python code holds in a string."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import msgspec

from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.shell_literals import commands_in, shell_text
from ssot_migrate.model import Site
from ssot_migrate.transforms.direct_runner.arguments import argument
from ssot_migrate.transforms.direct_runner.command_lines import recognise
from ssot_migrate.transforms.direct_runner.execution import Folder
from ssot_migrate.transforms.direct_runner.launches import launch_of_call
from ssot_migrate.transforms.direct_runner.processes import site
from ssot_migrate.transforms.direct_runner.programs import Runs


def in_string(rule: str, node: ast.Call, doc: PythonDocument) -> Iterator[Site]:
    """The sites in a shell command that ``node`` is given as its first argument."""
    text = shell_text(node, doc)
    if text is None:
        return
    launch = launch_of_call(node, doc)
    found = commands_in(text, doc)
    moves = any(command.words[0].text in ("cd", "pushd") for command in found if command.words)
    if moves:
        unknown = Folder(unknown="a change of folder stands before it", outside=True)
        launch = msgspec.structs.replace(launch, folder=unknown)
    for command in found:
        words = [argument(word, command, doc.text) for word in command.words]
        program = recognise(words)
        if program is not None and program.runs is not Runs.SCRIPT:
            problem = launch.problem or command.locked
            yield site(rule, text, doc, words, program, msgspec.structs.replace(launch, problem=problem))
