"""Results of calls that a test takes and never looks at."""

from __future__ import annotations

import ast
import re

from ssot_migrate.languages.nodes import subtree
from ssot_migrate.languages.scopes import FunctionNode
from ssot_migrate.transforms.hollow_test.checks import nodes_of
from ssot_migrate.transforms.hollow_test.idle import Inertness, logs_or_prints

_ABOUT_RUNNING = re.compile(
    r"no_?(?:error|exception|rais|crash|warn|fail|op\b)|no exception|should work|can be"
    r"|(?:not|n't|nt|never)[_ ](?:\w+[_ ])?(?:rais|crash|fail|throw|warn|error|break|hang|block)"
    r"|smoke|import|without[_ ](?:\w+[_ ])?(?:error|exception|rais|crash|fail)|compil|deprecat",
    re.IGNORECASE,
)


def unread_results(test: FunctionNode, inert: Inertness) -> list[str]:
    """Names that hold the result of a call and are at most printed; none if running is the point."""
    if _ABOUT_RUNNING.search(f"{test.name} {ast.get_docstring(test) or ''}"):
        return []
    taken = _taken(test, inert)
    shown = {
        id(n) for c in nodes_of(test) if isinstance(c, ast.Call) and logs_or_prints(c) for n in subtree(c)
    }
    read = {
        node.id
        for node in nodes_of(test)
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Store) and id(node) not in shown
    }
    return [name for name in taken if name not in read]


def _taken(test: FunctionNode, inert: Inertness) -> list[str]:
    names: dict[str, None] = {}
    for node in nodes_of(test):
        match node:
            case ast.Assign(
                targets=[ast.Name(id=name)], value=ast.Call() | ast.Await(value=ast.Call()) as value
            ):
                if not name.startswith("_") and not inert.is_inert(value):
                    names[name] = None
    return list(names)
