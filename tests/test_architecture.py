"""The architecture that no linter knows: budgets, who prints, who touches libcst, what starts lazily."""

from __future__ import annotations

import ast
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "ssot_migrate"
VENDORED = PACKAGE / "runtime" / "files"
CLI = PACKAGE / "cli"
FOLDERS = ("ssot_migrate", "tests", "tools", "bench")
FILE_LINES = 400
FUNCTION_LINES = 60
VAGUE_NAMES = {"common", "helper", "helpers", "misc", "util", "utils"}


def sources(*folders: str) -> list[Path]:
    """The Python files that are ours, goldens left out."""
    found = (path for folder in folders for path in (ROOT / folder).rglob("*.py"))
    return sorted(path for path in found if ROOT / "tests" / "golden" not in path.parents)


def package_sources() -> list[Path]:
    """The tool's own modules, without the sources that it vendors into repositories."""
    return [path for path in sources("ssot_migrate") if VENDORED not in path.parents]


def where(path: Path, node: ast.AST) -> str:
    """``path:line`` of a node, as an editor opens it."""
    return f"{path.relative_to(ROOT)}:{getattr(node, 'lineno', 1)}"


def tree(path: Path) -> ast.Module:
    """The parsed module."""
    return ast.parse(path.read_bytes(), filename=str(path))


def imports(path: Path) -> Iterator[tuple[str, ast.stmt]]:
    """Each absolute dotted name that a module imports, at any depth, with its statement."""
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.level == 0:
            yield from ((f"{node.module}.{alias.name}", node) for alias in node.names)


def within(name: str, package: str) -> bool:
    """Whether a dotted name is ``package`` or lies in it."""
    return f"{name}.".startswith(f"{package}.")


def prints(node: ast.AST) -> bool:
    """Whether a node is a call of ``print`` or takes hold of a standard output stream."""
    match node:
        case ast.Call(func=ast.Name(id="print")):
            return True
        case ast.Attribute(value=ast.Name(id="sys"), attr="stdout" | "stderr"):
            return True
    return False


def test_files_keep_to_their_budget() -> None:
    """No file is longer than 400 lines."""
    lengths = {path: len(path.read_bytes().splitlines()) for path in sources(*FOLDERS)}
    assert [f"{path}: {count}" for path, count in lengths.items() if count > FILE_LINES] == []


def test_functions_keep_to_their_budget() -> None:
    """No function is longer than 60 lines."""
    functions = (
        (path, node, (node.end_lineno or node.lineno) - node.lineno + 1)
        for path in sources(*FOLDERS)
        for node in ast.walk(tree(path))
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
    )
    assert [f"{where(path, node)} {size}" for path, node, size in functions if size > FUNCTION_LINES] == []


def test_no_module_is_named_for_nothing() -> None:
    """A helper lives with the type it serves, never in a ``utils``."""
    assert [path for path in sources(*FOLDERS) if VAGUE_NAMES & {path.stem, path.parent.name}] == []


def test_only_the_cli_prints() -> None:
    """No module but the command line's calls ``print``, names a standard stream or imports rich or click."""
    library = [path for path in package_sources() if CLI not in path.parents]
    printing = [where(path, node) for path in library for node in ast.walk(tree(path)) if prints(node)]
    terminal = [
        where(path, node)
        for path in library
        for name, node in imports(path)
        if within(name, "rich") or within(name, "click")
    ]
    assert printing + terminal == []


def test_libcst_is_touched_in_two_layers_only() -> None:
    """Only transforms and languages import libcst, and nobody its slow ``matchers`` and ``codemod``."""
    allowed = (PACKAGE / "transforms", PACKAGE / "languages")
    uses = [(path, name, node) for path in package_sources() for name, node in imports(path)]
    touching = [
        where(path, node)
        for path, name, node in uses
        if within(name, "libcst") and not set(allowed) & set(path.parents)
    ]
    slow = [
        where(path, node)
        for path, name, node in uses
        if within(name, "libcst.matchers") or within(name, "libcst.codemod")
    ]
    assert touching + slow == []


def test_vendored_sources_stand_alone() -> None:
    """What is copied into a repository imports nothing of the tool."""
    vendored = [path for path in sources("ssot_migrate") if VENDORED in path.parents]
    uses = [
        where(path, node) for path in vendored for name, node in imports(path) if within(name, "ssot_migrate")
    ]
    assert uses == []


@pytest.mark.parametrize("library", ["libcst", "git", "rich", "msgspec"])
def test_help_starts_lazily(library: str) -> None:
    """``ssot-migrate --help`` loads none of the libraries that only commands need."""
    script = f"""\
import sys
from ssot_migrate.cli import main
try:
    main(["--help"])
except SystemExit as stop:
    assert not stop.code, stop.code
assert {library!r} not in sys.modules
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
