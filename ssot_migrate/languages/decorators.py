"""What decorates a test: whether the test is still called as it stands."""

from __future__ import annotations

import ast

from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.languages.scopes import FunctionNode

# Decorators below these names leave the body of a test, and its name in the module, what they are.
TRANSPARENT = ("pytest.mark.", "unittest.", "mock.", "hypothesis.", "parameterized.", "freezegun.")
_HANDED = (
    *("request", "tmp_path", "tmpdir", "tmp_path_factory", "monkeypatch", "mocker", "caplog", "recwarn"),
    *("capsys", "capfd", "capsysbinary", "capfdbinary", "pytestconfig", "event_loop"),
)


def decorator_name(decorator: ast.expr, doc: PythonDocument) -> str:
    """The dotted name of what decorates, called or not; empty where it is no import's."""
    meaning = doc.meaning(decorator.func if isinstance(decorator, ast.Call) else decorator)
    return meaning.dotted if meaning else ""


def fixtures_of(test: FunctionNode, doc: PythonDocument) -> list[str]:
    """The fixtures that a test asks for, in order, but those of pytest itself that only hand things out."""
    names = [a.arg for a in (*test.args.args, *test.args.kwonlyargs) if a.arg not in ("self", "cls")]
    patched, given = 0, set(_HANDED)
    for decorator in test.decorator_list:
        name = decorator_name(decorator, doc)
        values = decorator.args if isinstance(decorator, ast.Call) else []
        texts = [v.value for v in values if isinstance(v, ast.Constant) and isinstance(v.value, str)]
        patched += ".patch" in name
        if name == "pytest.mark.parametrize":
            given |= {part.strip() for text in texts[:1] for part in text.split(",")}
    return [name for name in names[patched:] if name not in given]


def skips_always(decorator: ast.expr, doc: PythonDocument) -> bool:
    """Whether a mark skips what it marks whatever the machine is like."""
    name = decorator_name(decorator, doc).rpartition(".")[2]
    if name == "skip" or not isinstance(decorator, ast.Call):
        return name == "skip"
    match decorator.args[:1]:
        case [ast.Constant(value=value)]:
            return value is (name != "skipUnless") and name in ("skipif", "skipIf", "skipUnless")
    return False


def is_transparent(decorators: list[ast.expr], doc: PythonDocument) -> bool:
    """Whether a test under these decorators is still the test that its body says."""
    return all(decorator_name(decorator, doc).startswith(TRANSPARENT) for decorator in decorators)
