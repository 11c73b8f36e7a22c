"""An import that belongs beside one statement: after a local import, or before what needs it."""

from __future__ import annotations

import ast

from ssot_migrate.edits import splice
from ssot_migrate.languages.imports import Need, plan_imports
from ssot_migrate.languages.layout import layout
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import FileKind, ImportRequest, Source


def imported(text: str, statement: str, drops: tuple[str, ...] = ()) -> str:
    """``text`` with ``from pkg import run`` requested at the statement that begins with ``statement``."""
    data = text.encode()
    doc = PythonDocument.parse(Source("a.py", data, "0" * 40, FileKind.PYTHON))
    need = Need(ImportRequest("pkg", "run", like=data.index(statement.encode())), -1)
    plan = plan_imports(data, layout(doc), [need], drops, [], lambda: ast.parse(text))
    return splice(data, plan.edits).decode()


GUARD = 'import os\n\nif __name__ == "__main__":\n    os.sep\n    go()\n'


def test_a_local_import_stands_before_its_statement() -> None:
    """The line has the statement's indentation, and nothing else moves."""
    assert imported(GUARD, "go()") == GUARD.replace("    go()", "    from pkg import run\n    go()")


def test_line_ends_are_kept() -> None:
    """In a file of CRLF lines the new line ends so, too."""
    text = GUARD.replace("\n", "\r\n")
    assert imported(text, "go()") == text.replace("    go()", "    from pkg import run\r\n    go()")


def test_after_a_local_import() -> None:
    """An offset that is an import's still means the line after it."""
    text = "def f():\n    import os\n    return os\n"
    assert imported(text, "import os") == text.replace("import os\n", "import os\n    from pkg import run\n")


def test_a_statement_that_shares_its_line() -> None:
    """Nothing can be put before it, so the import goes to the head of the module."""
    text = "import os\n\nif os: go()\n"
    assert imported(text, "go()") == "import os\nfrom pkg import run\n\nif os: go()\n"


def test_a_dropped_import_beside_it() -> None:
    """The import that is no longer used goes, the new one stays where it was asked for."""
    text = "def f():\n    import os\n\n    go()\n"
    assert imported(text, "go()", drops=("os",)) == "def f():\n\n    from pkg import run\n    go()\n"
