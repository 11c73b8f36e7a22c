"""A name that a function may rebind by ``global`` means nothing for certain."""

from __future__ import annotations

import ast

import pytest

from ssot_migrate.languages.python import Meaning, PythonDocument
from ssot_migrate.model import FileKind, Source


def meaning(text: str, name: str) -> Meaning | None:
    """What ``name`` means at module level."""
    doc = PythonDocument.parse(Source("m.py", text.encode(), "0" * 40, FileKind.PYTHON))
    return doc.meaning(ast.Name(name, ast.Load()))


@pytest.mark.parametrize(
    "function",
    [
        "def f():\n    global a, b\n    a = 1\n",
        "def f(): global b ,\ta; a = 1\n",
        "def f():\n    def g():\n        global a\n        a = 1\n",
    ],
)
def test_a_global_statement_puts_a_name_in_doubt(function: str) -> None:
    """Wherever the statement stands, and however it is spelled."""
    found = meaning(f"import a\nimport c\n\n{function}", "a")
    assert found is not None
    assert not found.certain
    other = meaning(f"import a\nimport c\n\n{function}", "c")
    assert other is not None
    assert other.certain


def test_talk_of_globals_puts_nothing_in_doubt() -> None:
    """Names in comments and prose that mention the word stay certain."""
    found = meaning('import a\nx = "the global a"  # global a\n', "a")
    assert found is not None
    assert found.certain
