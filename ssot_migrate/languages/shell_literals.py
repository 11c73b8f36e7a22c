"""Shell commands that Python code holds in a string and hands to a shell."""

from __future__ import annotations

import ast
import re

from ssot_migrate.edits import Span
from ssot_migrate.languages.fragments import Unreadable
from ssot_migrate.languages.names import spelled
from ssot_migrate.languages.pieces import exact, substituted
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.shell import commands
from ssot_migrate.model import Command

_ALWAYS_SHELL = {"os.system", "os.popen", "asyncio.create_subprocess_shell"}
_ALWAYS_SHELL |= {"subprocess.getoutput", "subprocess.getstatusoutput"}
_OPENING = re.compile(r"([a-zA-Z]*)(\"\"\"|'''|\"|')")
_FIELD = substituted(rb"\{[^{}]*\}")
_SUGGESTIVE = re.compile(r"(?:^|_)(?:run|exec|execute|call|system|shell|sh|cmd|command|spawn)(?:_|$)")


def called(node: ast.Call, doc: PythonDocument) -> str:
    """The dotted name of what is called, or nothing."""
    meaning = doc.meaning(node.func)
    return meaning.dotted if meaning and meaning.certain else ""


def shell_text(node: ast.Call, doc: PythonDocument) -> ast.Constant | ast.JoinedStr | None:
    """The string that ``node`` hands to a shell first; told by the call's name where nothing else tells."""
    text = node.args[0] if node.args else None
    if not isinstance(text, ast.Constant | ast.JoinedStr):
        return None
    if isinstance(text, ast.Constant) and not isinstance(text.value, str):
        return None
    return text if runs_shell(node, doc) else None


def runs_shell(node: ast.Call, doc: PythonDocument) -> bool:
    """Whether a call hands its first argument to a shell; told by its name where nothing else tells."""
    if called(node, doc) in _ALWAYS_SHELL or any(k.arg == "shell" for k in node.keywords):
        return True
    return _SUGGESTIVE.search(spelled(node.func).rpartition(".")[2]) is not None


def commands_in(node: ast.Constant | ast.JoinedStr, doc: PythonDocument) -> tuple[Command, ...]:
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
