"""Import requests: a line in the right place, a name that clashes with nothing, unused ones dropped."""

from __future__ import annotations

import ast

import pytest

from ssot_migrate.edits import Edit, Span, splice
from ssot_migrate.languages.import_statement import rewritten
from ssot_migrate.languages.imports import Need, placeholder, plan_imports
from ssot_migrate.languages.layout import layout
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import FileKind, ImportRequest, Source

ENV = ImportRequest("shared.env", "get_env")


def migrate(before: str, *, like: int = -1) -> str:
    """``before`` with every ``os.environ`` replaced by the requested accessor's call."""
    text = before.encode()
    doc = PythonDocument.parse(Source("pkg/m.py", text, "0" * 40, FileKind.PYTHON))
    request = ImportRequest(ENV.module, ENV.name, like=like)
    edits, needs = [], []
    for node in ast.walk(doc.tree):
        if isinstance(node, ast.Attribute) and ast.unparse(node) == "os.environ":
            span = doc.span(node)
            edits.append(Edit(span.start, span.end, f"{placeholder(request)}()"))
            eager = not any(
                isinstance(f, ast.FunctionDef | ast.Lambda) and doc.span(f).covers(span)
                for f in ast.walk(doc.tree)
            )
            needs.append(Need(request, span.start if eager else -1))
    plan = plan_imports(text, layout(doc), needs, ["os"], [e.span for e in edits], lambda: doc.tree)
    filled = [Edit(e.start, e.end, plan.fill(e.text)) for e in edits]
    after = splice(text, [*plan.edits, *filled]).decode()
    ast.parse(after.encode())
    return after


USE = "\n\ndef f():\n    return os.environ\n"
USED = "\n\ndef f():\n    return get_env()\n"
LINE = "from shared.env import get_env\n"


@pytest.mark.parametrize(
    ("head", "expected"),
    [
        ("import os\n", LINE),
        ('"""Doc."""\nimport os\n', f'"""Doc."""\n{LINE}'),
        ("from __future__ import annotations\nimport os\n", f"from __future__ import annotations\n{LINE}"),
        ("import os\nimport sys\nX = sys\n", f"import sys\n{LINE}X = sys\n"),
        ("import os, sys\nX = sys\n", f"import sys\n{LINE}X = sys\n"),
        ("import os\nX = os.sep\n", f"import os\n{LINE}X = os.sep\n"),
        ("import os.path\n", LINE),
        ("import os  # noqa\n", f"import os  # noqa\n{LINE}"),
        ("import os\n__all__ = ['os']\n", f"import os\n{LINE}__all__ = ['os']\n"),
        (f"import os\n{LINE}", LINE),
        ("import os\nfrom shared.env import other\n", "from shared.env import other, get_env\n"),
        (
            "import os\nfrom shared.env import (\n    a,  # why a\n    b,\n)\n",
            "from shared.env import (\n    a,  # why a\n    b,\n    get_env,\n)\n",
        ),
        (
            "import os\nimport sys\nsys.path.insert(0, '.')\n",
            f"import sys\nsys.path.insert(0, '.')\n{LINE}",
        ),
        ("try:\n    import os\nexcept ImportError:\n    raise\n", None),
    ],
)
def test_the_line_stands_after_the_imports(head: str, expected: str | None) -> None:
    """Docstring and ``__future__`` stay first, comments stay, what is unused goes."""
    after = migrate(head + USE)

    if expected is None:
        assert after.startswith(head) or LINE in after
    else:
        assert after == expected + USED


def test_no_import_can_stand_on_the_line_of_the_docstring() -> None:
    """What runs there would come before the next line's import."""
    with pytest.raises(ValueError, match="line of the docstring"):
        migrate('"""Doc."""; import os; X = os.environ\n')


@pytest.mark.parametrize(
    "use",
    [
        "def g(p: 'os.PathLike[str]'): ...",
        "def g() -> 'list[os.PathLike]': ...",
        "X: 'os.PathLike' = None",
        "X = cast('os.PathLike', None)",
        "X = Dict[str, 'os.PathLike']",
        "X = TypeVar('X', 'os.PathLike', str)",
        "def g(p):\n    # type: (os.PathLike) -> None\n    ...",
        "X = g()  # type: os.PathLike",
        "def g():\n    '''\n    >>> print(os)\n    '''",
        "exec('print(os)')",
        "globals()['os']",
    ],
)
def test_an_import_that_is_used_out_of_sight_stays(use: str) -> None:
    """Strings and comments that are code use it."""
    assert migrate(f"import os\n{USE}\n\n{use}\n").startswith("import os\n")


def test_what_a_class_imports_is_an_attribute_of_it() -> None:
    """Others may use it, by a name that nothing here shows."""
    before = "class A:\n    import os\n\n    B = os.environ\n"
    assert migrate(before) == f"{LINE}\n\n{before.replace('os.environ', 'get_env()')}"


@pytest.mark.parametrize(
    "use",
    [
        "X = 'os'",
        "X = g('os.PathLike')",
        "# os.environ",
        "def g():\n    'os is fun'",
        "X = g()  # type: ignore os",
    ],
)
def test_a_word_in_a_text_is_no_use(use: str) -> None:
    """An import that only messages and comments speak of goes."""
    assert "import os\n" not in migrate(f"import os\n{USE}\n\n{use}\n")


@pytest.mark.parametrize(
    ("head", "blank", "expected"),
    [
        ('"""Doc."""\n', "", f'"""Doc."""\n\n{LINE}\n'),
        ('"""Doc."""\n', "\n", f'"""Doc."""\n\n{LINE}\n'),
        ('"""Doc."""\n', "\n\n", f'"""Doc."""\n\n{LINE}\n\n'),
        ("from __future__ import annotations\n", "\n", f"from __future__ import annotations\n\n{LINE}\n"),
        ("", "", f"{LINE}\n\n"),
        ("# License\n\n", "", f"# License\n\n{LINE}\n\n"),
    ],
)
def test_a_first_import_has_blank_lines_around_it(head: str, blank: str, expected: str) -> None:
    """As a formatter leaves them, and no more than stood there before code."""
    assert migrate(f"{head}{blank}def f(os):\n    return os.environ\n").startswith(f"{expected}def f(")


@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("import os\nos.environ['A'] = '1'\nimport late\n", f"{LINE}get_env()['A'] = '1'\nimport late\n"),
        ("import os; A = os.environ\n", f"{LINE}import os; A = get_env()\n"),
        (
            "import os\n\n\nclass A:\n    B = os.environ\n",
            f"{LINE}\n\nclass A:\n    B = get_env()\n",
        ),
    ],
)
def test_the_import_runs_before_a_use_at_module_level(before: str, expected: str) -> None:
    """A use that runs while the module is imported finds its name bound."""
    assert migrate(before) == expected


@pytest.mark.parametrize(
    "clash",
    [
        "def get_env():\n    return 1\n",
        "class get_env:\n    pass\n",
        "def g(get_env):\n    return get_env\n",
        "from other import get_env\n",
        "for get_env in []:\n    pass\n",
        f"{LINE}\n\ndef g():\n    get_env = 1\n    return get_env\n",
    ],
)
def test_a_name_that_means_something_else_is_not_taken(clash: str) -> None:
    """Where the file has a meaning of its own for the name, another is imported."""
    after = migrate(f"import os\n{clash}{USE}")

    assert "get_env as ssot_get_env\n" in after
    assert "return ssot_get_env()" in after
    assert clash.removeprefix(LINE) in after


@pytest.mark.parametrize(
    ("before", "gone", "added", "after"),
    [
        ("from m import a, b", {"a"}, [], "from m import b"),
        ("from m import a, b", {"b"}, [], "from m import a"),
        ("from m import a as x, b", {"x"}, ["c"], "from m import b, c"),
        ("from m import (a, b)", set(), ["c"], "from m import (a, b, c)"),
        ("from m import (\n    a,\n)", set(), ["c"], "from m import (\n    a,\n    c,\n)"),
        ("from m import (\n    a,  # one\n    b,  # two\n)", set(), ["c"],
         "from m import (\n    a,  # one\n    b,  # two\n    c,\n)"),
        ("from m import (\n    a,\n    b\n)", {"b"}, [], "from m import (\n    a\n)"),
        ("import a, b as c", {"c"}, [], "import a"),
        ("from m import a", {"a"}, [], "from m import a"),
    ],
)  # fmt: skip
def test_one_statement_is_rewritten_in_its_own_style(
    before: str, gone: set[str], added: list[str], after: str
) -> None:
    """Names go and come; brackets, lines and comments stay."""
    assert rewritten(before, gone, [(name, name) for name in added]) == after


def test_a_local_import_stays_local() -> None:
    """What was imported inside a function is imported there."""
    before = "def f():\n    import os\n    return os.environ\n"
    assert migrate(before, like=before.index("import")) == f"def f():\n    {LINE}    return get_env()\n"


def test_line_ends_and_bom_stay() -> None:
    """A new line ends as its neighbours do; a byte order mark stays in front."""
    assert migrate("import os\r\nA = os.environ\r\n") == f"{LINE[:-1]}\r\nA = get_env()\r\n"
    assert migrate("\ufeffimport os\nA = os.environ") == f"\ufeff{LINE}A = get_env()"


def test_an_import_that_another_edit_changes_is_not_dropped_with_it() -> None:
    """Two edits of one statement would be in each other's way; what is left unused does no harm."""
    text = b"from .compat import unittest\n\nX = unittest.TestCase\n"
    doc = PythonDocument.parse(Source("pkg/m.py", text, "0" * 40, FileKind.PYTHON))
    use, dots = Span(34, len(text) - 1), Span(5, 12)
    plan = plan_imports(text, layout(doc), [Need(ENV, -1)], ["unittest"], [dots, use], lambda: doc.tree)
    after = splice(
        text, [*plan.edits, Edit(dots.start, dots.end, "pkg.compat"), Edit(use.start, use.end, "x")]
    ).decode()
    assert "from pkg.compat import unittest\n" in after
