"""The start that an argument list is made for, in place or under a name of its own."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import msgspec

from ssot_migrate.languages.names import spelled
from ssot_migrate.languages.nodes import subtree
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.transforms.direct_runner.launches import KEPT_AS_DATA, Launch, is_start, launch_of_call

_SHOWS = {"print", "join", "debug", "info", "warning", "error", "log", "str", "len", "list2cmdline"}


def launch_of_list(node: ast.expr, doc: PythonDocument) -> Launch:
    """The start that the list ``node``, where the walk stands, is made for."""
    if isinstance(node, ast.Call):
        return launch_of_call(node, doc)
    top: ast.AST = node
    above = list(doc.stack)
    while isinstance(above[-1], ast.BinOp) and above[-1].left is top:
        top = above.pop()
    grown = top is not node
    match above[-1]:
        case ast.Call() as call if _is_first(top, call):
            launch = launch_of_call(call, doc)
        case ast.keyword(arg="args"):
            launch = (
                launch_of_call(above[-2], doc)
                if isinstance(above[-2], ast.Call)
                else Launch(problem=KEPT_AS_DATA)
            )
        case ast.Assign(targets=[ast.Name(id=name)]):
            launch = _launch_of_name(name, doc)
        case _:
            return Launch(problem=KEPT_AS_DATA)
    return msgspec.structs.replace(launch, open_end=launch.open_end or grown)


def _launch_of_name(name: str, doc: PythonDocument) -> Launch:
    """The start of a list that is first given a name: all its uses in the scope must be understood."""
    scope = doc.scopes[-1]
    if scope is doc.tree:
        doc.lines_with(name)
    parents = {below: above for above in subtree(scope) for below in ast.iter_child_nodes(above)}
    starts: list[ast.Call] = []
    grown = False
    for use in _uses(name, scope):
        above = parents[use]
        if isinstance(above, ast.BinOp) and above.left is use:
            grown, use, above = True, above, parents[above]
        if isinstance(above, ast.Call) and _is_first(use, above) and is_start(above, doc):
            starts.append(above)
        elif isinstance(above, ast.keyword) and above.arg == "args" and isinstance(parents[above], ast.Call):
            starts.append(parents[above])  # type: ignore[arg-type]  # told by isinstance
        elif _grows(use, above):
            grown = True
        elif not _only_shows(use, above):
            return Launch(problem=f"{name} is also used in a way that its words may matter to")
    if len(starts) != 1:
        return Launch(problem=KEPT_AS_DATA if not starts else f"{name} is started in several places")
    launch = launch_of_call(starts[0], doc)
    return msgspec.structs.replace(launch, open_end=grown)


def _uses(name: str, scope: ast.AST) -> Iterator[ast.AST]:
    """Every occurrence of ``name`` but plain assignments to it."""
    assigned = {
        id(target) for node in subtree(scope) if isinstance(node, ast.Assign) for target in node.targets
    }  # fmt: skip
    for node in subtree(scope):
        if isinstance(node, ast.Name) and node.id == name and id(node) not in assigned:
            yield node


def _is_first(node: ast.AST, call: ast.Call) -> bool:
    return bool(call.args) and call.args[0] is node


def _grows(use: ast.AST, above: ast.AST) -> bool:
    match above:
        case ast.Attribute(attr="append" | "extend"):
            return True
        case ast.AugAssign(op=ast.Add(), target=target):
            return target is use
    return False


def _only_shows(use: ast.AST, above: ast.AST) -> bool:
    """Whether the list is merely printed there."""
    if isinstance(above, ast.FormattedValue):
        return True
    if not isinstance(above, ast.Call) or use not in above.args:
        return False
    name = above.func.attr if isinstance(above.func, ast.Attribute) else spelled(above.func)
    return name in _SHOWS
