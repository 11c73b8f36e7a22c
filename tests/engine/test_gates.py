"""Each gate refuses the disaster that it was made for, and nothing else."""

from __future__ import annotations

import pytest

from ssot_migrate.edits import Edit, splice
from ssot_migrate.engine.gates.names import undefined_names
from ssot_migrate.engine.gates.resolving import unresolved
from ssot_migrate.engine.gates.text import failed_gate
from ssot_migrate.engine.gates.version import too_new
from ssot_migrate.index.modules import Modules
from ssot_migrate.model import ImportRequest

BEFORE = b'''"""Doc."""
from __future__ import annotations
import os  # kept


def f(x):
    return os.environ[x]  # why
'''


def gate(old: str, new: str, before: bytes = BEFORE) -> str:
    """What the gates say of replacing ``old`` by ``new``."""
    start = before.index(old.encode())
    edit = Edit(start, start + len(old.encode()), new)
    return failed_gate(before, splice(before, [edit]), [edit])


@pytest.mark.parametrize(
    ("old", "new", "named"),
    [
        ("os.environ[x]", "os.environ[", "parse"),
        ("os.environ[x]", "get_env()[x]", "undefined-name: get_env"),
        ("import os  # kept\n", "", "comment-guard"),
        ("import os", "import sys", "undefined-name: os"),
        ('"""Doc."""', 'import sys; """Doc."""', "head-guard"),
        ("from __future__ import annotations\n", "", "head-guard"),
    ],
)
def test_a_disaster_is_refused(old: str, new: str, named: str) -> None:
    """The gate that refuses is named."""
    assert gate(old, new).startswith(named)


def test_what_is_broken_elsewhere_is_refused() -> None:
    """However evident the edit itself is."""
    assert gate("os.environ[x]", "os.environ.get(x)", BEFORE + b"\n\ndef g():\n    x = = 1\n").startswith(
        "parse"
    )


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("os.environ[x]", "os.environ.get(x)"),
        ("import os  # kept", "import os, sys  # kept"),
        ("return os.environ[x]", "import sys\n    return sys.argv"),
        ("x):", "x, y=print):"),
    ],
)
def test_an_ordinary_edit_passes(old: str, new: str) -> None:
    """Nothing speaks against it."""
    assert gate(old, new) == ""


def test_a_name_that_was_undefined_before_is_not_ours() -> None:
    """Only what has become undefined counts."""
    before = b"import os\nprint(missing, os.name)\n"

    assert gate("os.name", "os.sep", before) == ""


def test_an_import_must_be_there() -> None:
    """The repository's modules and Python's own resolve; others do not."""
    modules = Modules(["shared/env.py", "svc/src/pkg/__init__.py"])

    def asked(module: str, path: str = "a/b.py") -> str:
        return unresolved([ImportRequest(module, "x")], path, modules)

    assert asked("shared.env") == ""
    assert asked("unittest.mock") == ""
    assert asked("pkg", "svc/tests/test_a.py") == ""
    assert "shared.none" in asked("shared.none")


def test_the_projects_oldest_python_must_read_the_result() -> None:
    """Syntax that is too new is refused, unless it was there before."""
    assert "3.8" in oldest(b"a = 1\n", "a = 1", "match a:\n    case 1: pass")
    assert oldest(b"match a:\n    case 1: pass\n", "1", "2") == ""
    assert oldest(b"a = 1\n", "1", "2") == ""
    assert oldest(b"class A(B):\n    x = 1\n", "B", "C") == ""


def test_a_swapped_name_is_as_old_as_what_it_takes_the_place_of() -> None:
    """What else is edited in the file is looked at all the same."""
    code = b"x = 1\n\n\ndef f():\n    return Mock(1)\n"
    start = code.index(b"Mock")
    edits = [Edit(0, 0, "from doubles import fresh\n"), Edit(start, start + 4, "fresh().make")]
    assert too_new(code, splice(code, edits), edits, 8) == ""
    edits.append(Edit(0, 5, "match x:\n    case 1: pass"))
    assert "3.8" in too_new(code, splice(code, edits), edits, 8)


def oldest(before: bytes, old: str, new: str) -> str:
    """What Python 3.8 says of replacing ``old`` by ``new``."""
    start = before.index(old.encode())
    edits = [Edit(start, start + len(old), new)]
    return too_new(before, splice(before, edits), edits, 8)


def test_undefined_names_are_those_of_all_scopes() -> None:
    """Nothing that a scope has for itself, or that another one gives to the module, is among them."""
    code = b"""
def given():
    global shared, declared
    shared = 1
def reads(own, *more, **named):
    inner = [each for each in own if each is not lost_in_comprehension]
    def nested():
        nonlocal inner
        inner = lost_in_nested
    return (lambda x: x + shared + declared + lost_in_lambda)(inner)
class Case(lost_base):
    here = 1
    there = here + lost_in_class
"""
    lost = {"base", "in_class", "in_comprehension", "in_lambda", "in_nested"}
    assert undefined_names(code) == {"declared", *(f"lost_{name}" for name in lost)}
