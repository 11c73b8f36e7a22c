"""Imports read from lines are those that a parser finds, and never fewer."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from ssot_migrate.engine.import_lines import import_lines
from ssot_migrate.languages.scopes import imported

ROOT = Path(__file__).parents[2]


def parsed(path: str, data: bytes) -> set[tuple[str, str]]:
    """Local name and object of every import of the module, those under ``try`` and ``if`` too."""
    package = path.rpartition("/")[0].replace("/", ".")
    blocks = [s for s in ast.parse(data).body if not isinstance(s, ast.FunctionDef | ast.ClassDef)]
    nodes = (node for block in blocks for node in ast.walk(block))
    statements = (node for node in nodes if isinstance(node, ast.Import | ast.ImportFrom))
    return {pair for statement in statements for pair in imported(statement, package)}


@pytest.mark.parametrize(
    "code",
    [
        b"import a, b.c as d, e.f  # why\n",
        b"from .. import x\nfrom .y import (\n    p,  # one\n    q as r,\n)\n",
        b"from m import *; import late\r\nimport os\r\n",
        b"from m import a, \\\n    b\n",
        b"\xef\xbb\xbfimport first\n",
        b"try:\n    import a\nexcept ImportError:\n    from b import c as a\n",
        b"",
    ],
)
def test_every_form_is_read(code: bytes) -> None:
    """No import of the code is missed."""
    found = {(fact.name, fact.dotted) for fact in import_lines("pkg/sub/m.py", code)}

    assert parsed("pkg/sub/m.py", code) <= found


def test_no_import_of_real_code_is_missed() -> None:
    """Over the project's own files and the example's, lines tell what the parser tells."""
    for path in [*ROOT.glob("ssot_migrate/**/*.py"), *ROOT.glob("examples/legacy-monorepo/common/**/*.py")]:
        name, data = path.relative_to(ROOT).as_posix(), path.read_bytes()
        found = {(fact.name, fact.dotted) for fact in import_lines(name, data)}
        assert parsed(name, data) <= found, name


def test_statements_that_look_alike_are_told_apart() -> None:
    """Behind a semicolon, in a bracket, in a string; what only begins like an import is none."""
    code = b"x = 1; from a import b; import c, d as e\nimportant = 2\n"
    code += b"'''\nimport f\n'''\nfrom g import (  # import h\n    i)\n"
    found = {(fact.name, fact.dotted) for fact in import_lines("m.py", code)}

    assert found == {("b", "a.b"), ("c", "c"), ("e", "d"), ("f", "f"), ("i", "g.i")}
