"""Docker that Python code starts as a process, its words given one by one or in a string."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_migrate.languages.names import last_name
from ssot_migrate.languages.nodes import subtree
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.shell_literals import called, commands_in, runs_shell, shell_text
from ssot_migrate.languages.words import word_offsets
from ssot_migrate.model import Site
from ssot_migrate.transforms.docker_command.carriers import hits_of, value
from ssot_migrate.transforms.docker_command.facts import COMMAND, facts_of
from ssot_migrate.transforms.docker_command.programs import Docker, Purpose, recognise

_WHICH = "shutil.which"
_IN_CONTAINER = ("exec_run", "exec_create")


def in_list(rule: str, node: ast.List | ast.Tuple, doc: PythonDocument) -> Iterator[Site]:
    """The site at an argument list that runs Docker."""
    found = recognise([_value(element) for element in node.elts])
    if found is not None and not isinstance(doc.parent, ast.Compare):
        yield _site(rule, node, node.elts[found.program], found, doc)


def in_call(rule: str, node: ast.Call, doc: PythonDocument) -> Iterator[Site]:
    """The sites at a call that is given the words, or a shell command that runs Docker."""
    words = [_value(argument) for argument in node.args]
    if words[:1] == ["docker"] and called(node, doc) == _WHICH:
        yield _site(rule, node, node.args[0], Docker(0, Purpose.CHECK, ""), doc)
        return
    found = recognise(words)
    spread = any(isinstance(argument, ast.Starred) for argument in node.args)
    if found is not None and found.program < len(words) - 1 and (found.verb or spread):
        yield _site(rule, node, node.args[found.program], found, doc)
        return
    text = shell_text(node, doc)
    if text is not None and not last_name(node.func).startswith(_IN_CONTAINER):
        yield from _in_string(rule, text, doc)


def in_variable(rule: str, node: ast.Assign, doc: PythonDocument) -> Iterator[Site]:
    """The sites in a string that is given a name first, and by that name to a shell in the same scope."""
    match node:
        case ast.Assign(targets=[ast.Name(id=name)], value=(ast.Constant() | ast.JoinedStr()) as text):
            if doc.function() is None:
                doc.lines_with(name)
            calls = (inner for inner in subtree(doc.scopes[-1]) if isinstance(inner, ast.Call))
            if any(_is_given(name, call) and runs_shell(call, doc) for call in calls):
                yield from _in_string(rule, text, doc)


def _is_given(name: str, call: ast.Call) -> bool:
    return bool(call.args) and isinstance(call.args[0], ast.Name) and call.args[0].id == name


def _in_string(rule: str, text: ast.Constant | ast.JoinedStr, doc: PythonDocument) -> Iterator[Site]:
    found = commands_in(text, doc)
    for command in found:
        inner = recognise([value(word, doc.text) for word in command.words])
        if inner is not None:
            hits = tuple(hits_of(command.words[inner.program], doc.text))
            yield doc.site(rule, COMMAND, text, facts=facts_of(inner), hits=hits)
    if not found:
        yield from _by_its_beginning(rule, text, doc)


def _by_its_beginning(rule: str, text: ast.Constant | ast.JoinedStr, doc: PythonDocument) -> Iterator[Site]:
    """The site at a string that no shell grammar was asked about, for its escapes: by its first words."""
    first = text.values[0] if isinstance(text, ast.JoinedStr) and text.values else text
    if not isinstance(first, ast.Constant) or not isinstance(first.value, str):
        return
    *whole, last = first.value.split() or [""]
    words = [word if word.isprintable() and not set("\"'$`") & set(word) else None for word in whole]
    ended = first is text or first.value[-1:].isspace()
    found = recognise([*words, last if ended else None])
    if found is not None:
        hit = next(word_offsets(doc.span(text).slice(doc.text), "docker"), 0)
        yield doc.site(rule, COMMAND, text, facts=facts_of(found), hits=(doc.span(text).start + hit,))


def _site(rule: str, node: ast.expr, program: ast.expr, found: Docker, doc: PythonDocument) -> Site:
    span = doc.span(program)
    hits = tuple(span.start + offset for offset in word_offsets(span.slice(doc.text), "docker"))
    return doc.site(rule, COMMAND, node, facts=facts_of(found), hits=hits)


def _value(node: ast.expr) -> str | None:
    return node.value if isinstance(node, ast.Constant) and isinstance(node.value, str) else None
