"""Call templates: ``{to}({0}, timeout={timeout})``, filled with the source text of a call's arguments."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from string import Formatter

from ssot_migrate.languages.imports import placeholder
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import Advice, Capture, ImportRequest, Site
from ssot_migrate.settings import CustomRule

_ARGUMENT = "argument:"


def request(rule: CustomRule) -> ImportRequest:
    """The import of what a rule moves onto."""
    module, _, name = rule.to.rpartition(".")
    return ImportRequest(module, name)


def target(rule: CustomRule) -> str:
    """What stands in an edit's text for the new symbol."""
    return placeholder(request(rule))


def captures(call: ast.Call, doc: PythonDocument) -> dict[str, Capture]:
    """The whole call and each of its arguments, by place or name; one that is spread out as ``*``."""
    found = {"call": doc.capture(call)}
    for place, argument in enumerate(call.args):
        found[_ARGUMENT + ("*" if isinstance(argument, ast.Starred) else str(place))] = doc.capture(argument)
    for keyword in call.keywords:
        found[_ARGUMENT + (keyword.arg or "*")] = doc.capture(keyword.value)
    return found


def filled(rule: CustomRule, site: Site) -> str | Advice:
    """The template with a call's arguments, or advice where they are not those that it has."""
    given = {
        name.removeprefix(_ARGUMENT): capture.text
        for name, capture in site.captures.items()
        if name.startswith(_ARGUMENT)
    }
    wanted = [field for _, field in _fields(rule.call) if field not in (None, "to")]
    if "*" in given or set(given) != set(wanted) or len(wanted) != len(set(wanted)):
        return Advice(f"{rule.summary}: the call's arguments are not those of the template {rule.call}")
    texts = given | {"to": target(rule)}
    return "".join(literal + (texts[field] if field else "") for literal, field in _fields(rule.call))


def _fields(text: str) -> Iterator[tuple[str, str | None]]:
    return ((literal, field) for literal, field, _, _ in Formatter().parse(text))
