"""What the page on the runtime takes from its sources: each file, its size and what it is for."""

from __future__ import annotations

import ast

from ssot_migrate.runtime.catalog import runtime_files

_FILES = "../ssot_migrate/runtime/files"
# The files for which the page gives the size in a monorepo that has the same ones.
_COUNTERPARTS = (
    "shared/isolated_environment.py",
    "test_framework/ssot/base_test_case.py",
    "test_framework/ssot/database_test_utility.py",
    "test_framework/ssot/mock_factory.py",
    "test_framework/ssot/websocket_test_utility.py",
    "test_framework/unified_docker_manager.py",
    "tests/unified_test_runner.py",
)


def runtime_sizes() -> str:
    """A row for each Python file that ``init`` brings, packages' own left out, and the sum."""
    sources = {path: data.decode("utf-8") for path, data in runtime_files().items() if path.endswith(".py")}
    lines = {path: len(text.splitlines()) for path, text in sources.items()}
    shown = [path for path in sources if not path.endswith("__init__.py")]
    rows = [f"| [{path}]({_FILES}/{path}) | {lines[path]} | {_purpose(sources[path])} |" for path in shown]
    seven = sum(lines[path] for path in _COUNTERPARTS)
    sums = (f"| the files of these seven | {seven} | |", f"| all | {sum(lines.values())} | |")
    return "\n".join(("| File | Lines | What it is |", "|---|---:|---|", *rows, *sums))


def _purpose(source: str) -> str:
    docstring = ast.get_docstring(ast.parse(source)) or ""
    return " ".join(docstring.partition("\n\n")[0].split()).replace("|", "\\|")
