"""What runtime files import of each other, read from their sources."""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator, Mapping


def closure(runtime: Mapping[str, bytes], start: Iterable[str]) -> set[str]:
    """``start`` with every runtime file that is imported from there, and the packages around them."""
    found: set[str] = set()
    queue = list(start)
    while queue:
        path = queue.pop()
        if path not in found:
            found.add(path)
            queue += needed(runtime, path)
    return found


def needed(runtime: Mapping[str, bytes], path: str) -> list[str]:
    """The runtime files that the one at ``path`` imports, or loads by name, and the packages around it."""
    if not path.endswith(".py"):
        return []
    named = (*_modules(runtime[path]), *_packages(path))
    return [other for other in dict.fromkeys(named) if other in runtime]


def _modules(source: bytes) -> Iterator[str]:
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.ImportFrom) and node.module and not node.level:
            modules = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        elif isinstance(node, ast.Import):
            modules = [alias.name for alias in node.names]
        elif isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value.isprintable():
            modules = [node.value]  # a plugin is loaded by its name
        else:
            continue
        for module in modules:
            relative = module.replace(".", "/")
            yield from (f"{relative}.py", f"{relative}/__init__.py")


def _packages(path: str) -> Iterator[str]:
    folder = path.rpartition("/")[0]
    while folder:
        yield f"{folder}/__init__.py"
        folder = folder.rpartition("/")[0]
