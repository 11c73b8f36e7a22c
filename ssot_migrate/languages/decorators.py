"""What decorates a test: whether the test is still called as it stands."""

from __future__ import annotations

import ast

from ssot_migrate.languages.python import PythonDocument

# Decorators below these names leave the body of a test, and its name in the module, what they are.
TRANSPARENT = ("pytest.mark.", "unittest.", "mock.", "hypothesis.", "parameterized.", "freezegun.")


def decorator_name(decorator: ast.expr, doc: PythonDocument) -> str:
    """The dotted name of what decorates, called or not; empty where it is no import's."""
    meaning = doc.meaning(decorator.func if isinstance(decorator, ast.Call) else decorator)
    return meaning.dotted if meaning else ""


def is_transparent(decorators: list[ast.expr], doc: PythonDocument) -> bool:
    """Whether a test under these decorators is still the test that its body says."""
    return all(decorator_name(decorator, doc).startswith(TRANSPARENT) for decorator in decorators)
