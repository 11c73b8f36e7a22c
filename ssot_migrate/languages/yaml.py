"""Shell text in YAML: which scalars of CI, compose and hook files are commands."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from ssot_migrate.languages.exec_form import merged
from ssot_migrate.languages.fragments import Fragment, Listing
from ssot_migrate.languages.shell import is_shell
from ssot_migrate.languages.yaml_nodes import Document, load
from ssot_migrate.model import Source

if TYPE_CHECKING:
    from yaml import MappingNode, Node, ScalarNode

_SHELL_KEYS = {"run", "script", "before_script", "after_script", "bash", "inlineScript", "commands", "cmds"}
_EXEC_KEYS = {"command", "entrypoint", "args", "cmd", "entry"}
_CONTINUED = (("entrypoint", "command"), ("entrypoint", "args"), ("command", "args"), ("entry", "args"))


@dataclass
class _Walk:
    """What is known where the walk stands; an anchored node is read once."""

    document: Document
    seen: set[int] = field(default_factory=set)

    def first(self, node: Node) -> bool:
        new = id(node) not in self.seen
        self.seen.add(id(node))
        return new


def texts(source: Source) -> Iterator[Fragment | Listing]:
    """The scalars that a shell runs and the lists that are run as they are.

    Raises:
        Unreadable: no valid YAML (a template, for example), or nested too deeply.
    """
    document = load(source.data)
    walk = _Walk(document)
    for root in document.roots:
        yield from _under(walk, root)


def outline(source: Source) -> object:
    """All bytes but those of scalar values and of lists of scalars.

    Raises:
        Unreadable: no valid YAML, or nested too deeply.
    """
    return load(source.data).frame()


def _under(walk: _Walk, root: Node) -> Iterator[Fragment | Listing]:
    stack: list[tuple[Node, str, str]] = [(root, "", "")]
    visited: set[int] = set()
    while stack:
        node, key, locked = stack.pop()
        if id(node) in visited:
            continue
        visited.add(id(node))
        if node.id == "sequence":
            stack += [(child, key, locked) for child in reversed(node.value)]
        elif node.id == "mapping":
            locked = _foreign_shell(node) or locked
            yield from _commands(walk, node, key, locked)
            stack += [(value, name.value, locked) for name, value in reversed(node.value) if name.id == "scalar"]


def _commands(walk: _Walk, mapping: MappingNode, parent: str, locked: str) -> Iterator[Fragment | Listing]:
    pairs = {name.value: value for name, value in mapping.value if name.id == "scalar"}
    found: dict[str, list[Fragment | Listing]] = {}
    for key, value in pairs.items():
        if key in _SHELL_KEYS:
            found[key] = [part.lock(locked) if locked else part for part in _lines(walk, value)]
        elif key in _EXEC_KEYS:
            found[key] = list(_words(walk, value))
        elif key == "test" and parent == "healthcheck":
            found[key] = list(_probe(walk, value))
    _append_file_names(pairs, found)
    for head, tail in _CONTINUED:
        _continue(found, head, tail)
    for parts in found.values():
        yield from parts
