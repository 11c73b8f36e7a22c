"""Clients that code makes of the Docker SDK."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from ssot_migrate.languages.names import last_name
from ssot_migrate.languages.python import Meaning, PythonDocument
from ssot_migrate.languages.renaming import visit_calls
from ssot_migrate.languages.words import word_offsets
from ssot_migrate.model import Site

CLIENT = "client"
_NAMES = frozenset({"from_env", "DockerClient", "APIClient"})


def client(rule: str, node: ast.Call, doc: PythonDocument) -> Iterator[Site]:
    """The site at a call that makes a client through the module's name."""
    if isinstance(node.func, ast.Attribute) and last_name(node.func) in _NAMES:
        meaning = doc.meaning(node.func)
        if meaning is not None:
            yield from _site(rule, node, meaning, doc)


def bare_client(rule: str, node: ast.ImportFrom, doc: PythonDocument) -> Iterator[Site]:
    """The sites at calls of a name that ``node`` imports, or gives to what makes a client."""
    found: list[Site] = []
    for alias in node.names:
        if alias.name in _NAMES and (node.module or "").partition(".")[0] == "docker":
            name = alias.asname or alias.name
            visit_calls(name, node, doc, lambda *seen: found.extend(_site(rule, *seen)))
    yield from found


def _site(rule: str, node: ast.Call, meaning: Meaning, doc: PythonDocument) -> Iterator[Site]:
    package, _, rest = meaning.dotted.partition(".")
    if package != "docker" or rest.rpartition(".")[2] not in _NAMES:
        return
    span = doc.span(node.func)
    hits = tuple(span.start + offset for offset in word_offsets(span.slice(doc.text), "docker"))
    facts = {"means": meaning.dotted, **({} if meaning.certain else {"doubt": meaning.told})}
    yield doc.site(rule, CLIENT, node, facts=facts, hits=hits)
