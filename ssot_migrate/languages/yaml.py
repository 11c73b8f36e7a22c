"""Shell text in YAML: which scalars and lists of CI, compose and hook files are commands."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_migrate.edits import Span
from ssot_migrate.languages.exec_form import merged
from ssot_migrate.languages.fragments import Fragment, Listing
from ssot_migrate.languages.shell_words import is_shell
from ssot_migrate.languages.yaml_events import load
from ssot_migrate.languages.yaml_nodes import Mapping, Node, Scalar, Sequence
from ssot_migrate.languages.yaml_text import child, fragment, frame, listing, text_of
from ssot_migrate.model import Source

Text = Fragment | Listing
Texts = dict[str, list[Text]]

_SHELL_KEYS = {"run", "script", "before_script", "after_script", "bash", "inlineScript", "commands", "cmds"}
_EXEC_KEYS = {"command", "entrypoint", "args", "cmd"}
_JAVASCRIPT = "actions/github-script"
_CONTINUED = (("entrypoint", "command"), ("entrypoint", "args"), ("command", "args"), ("entry", "args"))


def texts(source: Source) -> Iterator[Text]:
    """The scalars that a shell runs and the lists that are run as they are, each once.

    Raises:
        Unreadable: no valid YAML (a template, for example), or nested too deeply.
    """
    seen: set[Span] = set()
    for text in _all(source.data):
        place = text.span if isinstance(text, Fragment) else text.elements[0].span
        if place not in seen:
            seen.add(place)
            yield text


def outline(source: Source) -> object:
    """All bytes but those of scalar values and of lists of scalars.

    Raises:
        Unreadable: no valid YAML, or nested too deeply.
    """
    return frame(source.data, load(source.data))


def _all(data: bytes) -> Iterator[Text]:
    stack: list[tuple[Node, str, str]] = [(root, "", "") for root in reversed(load(data))]
    visited: set[int] = set()
    while stack:
        node, key, locked = stack.pop()
        if id(node) in visited:
            continue
        visited.add(id(node))
        if isinstance(node, Sequence):
            stack += [(item, key, locked) for item in reversed(node.items)]
        elif isinstance(node, Mapping):
            locked = _shell_lock(child(child(child(node, "defaults"), "run"), "shell"), locked)
            pairs = node.named()
            own = _shell_lock(pairs.get("shell"), locked)
            for text in _commands(data, pairs, key):
                yield text.lock(own)
            inputs = pairs.pop("with") if "uses" in pairs and "with" in pairs else None
            stack += [(value, name, locked) for name, value in reversed(pairs.items())]
            action = text_of(pairs.get("uses"))
            if inputs is not None and _JAVASCRIPT not in action:
                stack.append((inputs, "with", f"an input of {action}"))


def _shell_lock(setting: Node | None, inherited: str) -> str:
    """Why text for this ``shell:`` cannot be edited; without the setting, as around it."""
    program = text_of(setting).split()
    if not program:
        return inherited
    return "" if is_shell(program[0]) else f"its shell is {program[0]}"


def _commands(data: bytes, pairs: dict[str, Node], parent: str) -> Iterator[Text]:
    found: Texts = {}
    for key, value in pairs.items():
        if key in _SHELL_KEYS:
            found[key] = list(_lines(data, value))
        elif key in _EXEC_KEYS:
            found[key] = list(_words(data, value))
        elif key == "entry" and "id" in pairs:
            found[key] = [text.lock(_file_names(pairs)) for text in _words(data, value)]
        elif key == "test" and parent == "healthcheck":
            found[key] = list(_probe(data, value))
    for head, tail in _CONTINUED:
        _continue(found, head, tail)
    for parts in found.values():
        yield from parts


def _lines(data: bytes, value: Node) -> Iterator[Fragment]:
    """A scalar, or the scalars of a list and of lists in it."""
    if isinstance(value, Scalar):
        yield fragment(data, value)
    elif isinstance(value, Sequence) and not value.tag:
        for item in value.items:
            yield from _lines(data, item)


def _words(data: bytes, value: Node) -> Iterator[Text]:
    if isinstance(value, Scalar):
        yield fragment(data, value)
    elif isinstance(value, Sequence):
        found = listing(data, value)
        if found is not None:
            yield found


def _probe(data: bytes, value: Node) -> Iterator[Text]:
    """A compose health check: text, or a list headed by ``CMD`` or ``CMD-SHELL``."""
    for text in _words(data, value):
        if isinstance(text, Fragment):
            yield text
        elif text.elements[0].text == b"CMD-SHELL":
            yield from text.elements[1:]
        elif len(text.elements) > 1:
            yield Listing(text.elements[1:], text.joint, text.locked)


def _file_names(hook: dict[str, Node]) -> str:
    """Why a hook's entry is not the whole command."""
    return (
        ""
        if text_of(hook.get("pass_filenames")).lower() == "false"
        else "pre-commit appends file names to it"
    )


def _continue(found: Texts, head: str, tail: str) -> None:
    """Lock a command that is written in two places; two lists are one command."""
    heads, tails = found.get(head), found.get(tail)
    if not heads or not tails:
        return
    reason = f"its words stand in {head} and {tail}"
    lists = [text for text in (*heads, *tails) if isinstance(text, Listing)]
    if len(lists) == 2:
        found[head], found[tail] = [merged(lists, reason)], []
    else:
        found[head] = [text.lock(reason) for text in heads]
        found[tail] = [text.lock(reason) for text in tails]
