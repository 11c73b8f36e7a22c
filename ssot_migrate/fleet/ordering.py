"""Which service goes before which: those whose test helpers others import come first."""

from __future__ import annotations

import ast
import re
import warnings
from collections.abc import Iterator, Mapping
from pathlib import Path

from ssot_migrate.git.repository import Repository
from ssot_migrate.index.modules import Modules
from ssot_migrate.plans.model import Plan
from ssot_migrate.workflow.configured import read_settings
from ssot_migrate.workflow.gather import take_inventory

# Where pytest and unittest look by default, and the folders that hold what tests share.
_TEST_CODE = re.compile(r"(?:^|/)(?:tests?/.*|conftest\.py|test_[^/]*\.py|[^/]*_test\.py)$")


def levels(path: Path, plan: Plan) -> dict[str, int]:
    """By service of the plan, how many services at most stand in a row before it; a cycle is one place."""
    wanted = {file.service for file in plan.files if not file.foundation}
    behind = {name: frozenset(_closure(edges, name)) for edges in [_edges(path, plan)] for name in wanted}
    return {service: _level(service, behind) for service in sorted(wanted)}


def _level(service: str, behind: Mapping[str, frozenset[str]]) -> int:
    below = (other for other in behind[service] if other in behind and service not in behind[other])
    return max((1 + _level(other, behind) for other in below), default=0)


def _closure(edges: Mapping[str, set[str]], start: str) -> set[str]:
    seen: set[str] = set()
    queue = [start]
    while queue:
        fresh = edges.get(queue.pop(), set()) - seen
        seen |= fresh
        queue += fresh
    return seen


def _edges(path: Path, plan: Plan) -> dict[str, set[str]]:
    """By service, the others whose test code its own test code imports."""
    repo = Repository.open(path)
    owners = take_inventory(repo, read_settings(repo), plan.base).services
    tests = {name for name in owners if name.endswith(".py") and _TEST_CODE.search(name)}
    modules = Modules(name for name in owners if name.endswith(".py"))
    found: dict[str, set[str]] = {}
    for name, (data, _) in repo.read_files(plan.base, tests).items():
        for dotted in _imports(data):
            giver = modules.find(dotted, name.rpartition("/")[0])
            for each in [giver] if giver else modules.anywhere(dotted):
                if each in tests and owners[each] != owners[name]:
                    found.setdefault(owners[name], set()).add(owners[each])
    return found


def _imports(data: bytes) -> Iterator[str]:
    """Absolute dotted names that a module imports; none if it cannot be read: the plan says that of it."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            tree = ast.parse(data)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
