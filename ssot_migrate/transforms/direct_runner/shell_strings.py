"""Test runs in shell commands that Python code holds in a string."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator

import msgspec

from ssot_migrate.edits import Span
from ssot_migrate.languages.fragments import Unreadable, exact, substituted
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.shell import commands
from ssot_migrate.model import Command, Site
from ssot_migrate.transforms.direct_runner.carriers import argument
from ssot_migrate.transforms.direct_runner.execution import Folder
from ssot_migrate.transforms.direct_runner.launches import called, launch_of_call
from ssot_migrate.transforms.direct_runner.processes import site
from ssot_migrate.transforms.direct_runner.programs import Runs, recognise

_ALWAYS_SHELL = {"os.system", "os.popen", "asyncio.create_subprocess_shell"}
_ALWAYS_SHELL |= {"subprocess.getoutput", "subprocess.getstatusoutput"}
_OPENING = re.compile(r"([a-zA-Z]*)(\"\"\"|'''|\"|')")
_FIELD = substituted(rb"\{[^{}]*\}")
_SUGGESTIVE = re.compile(r"(?:^|_)(?:run|exec|execute|call|system|shell|sh|cmd|command|spawn)(?:_|$)")


def in_string(rule: str, node: ast.Call, doc: PythonDocument) -> Iterator[Site]:
    """The sites in a shell command that ``node`` is given as its first argument."""
    if not node.args or not isinstance(node.args[0], ast.Constant | ast.JoinedStr):
        return
    text = node.args[0]
    if isinstance(text, ast.Constant) and not isinstance(text.value, str):
        return
    shell = called(node, doc) in _ALWAYS_SHELL or any(k.arg == "shell" for k in node.keywords)
    if not shell and not _SUGGESTIVE.search(ast.unparse(node.func).rpartition(".")[2]):
        return
    launch = launch_of_call(node, doc)
    found = _commands(text, doc)
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


def _commands(node: ast.Constant | ast.JoinedStr, doc: PythonDocument) -> tuple[Command, ...]:
    """The commands of a string whose bytes are its value, replacement fields aside."""
    span = doc.span(node)
    raw = span.slice(doc.text).decode()
    opening = _OPENING.match(raw)
    if opening is None or not raw.endswith(opening[2]):
        return ()
    inner = Span(span.start + len(opening[0].encode()), span.end - len(opening[2]))
    content = inner.slice(doc.text).decode()
    formatted = "f" in opening[1].lower()
    if "\\" in content or (opening[2] in content) or (formatted and ("{{" in content or "}}" in content)):
        return ()
    try:
        return tuple(
            commands(doc.text, exact(doc.text, inner, _FIELD) if formatted else exact(doc.text, inner))
        )
    except Unreadable:
        return ()
