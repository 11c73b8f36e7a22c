"""Imports that take the place of a definition, and several from one module."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_migrate.edits import Edit, Span, splice
from ssot_migrate.languages.imports import Need, plan_imports
from ssot_migrate.languages.layout import layout
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import FileKind, ImportRequest, Source


def replaced(before: str, cut: str, *requests: ImportRequest, drops: Sequence[str] = ()) -> str:
    """``before`` with the text ``cut`` removed, ``requests`` imported and unused ``drops`` not any more."""
    text = before.encode()
    doc = PythonDocument.parse(Source("pkg/m.py", text, "0" * 40, FileKind.PYTHON))
    start = text.index(cut.encode())
    span = Span(start, start + len(cut.encode()))
    needs = [Need(request, span.start) for request in requests]
    plan = plan_imports(text, layout(doc), needs, drops, [span], lambda: doc.tree)
    return splice(text, [*plan.edits, Edit(span.start, span.end, "")]).decode()


def test_an_import_takes_the_name_of_a_removed_class() -> None:
    """The definition that an edit removes is no clash; the same name bound elsewhere is."""
    request = ImportRequest("pkg.doubles", "Fake")
    assert replaced("import a\n\nclass Fake: pass\n", "\nclass Fake: pass\n", request) == (
        "import a\nfrom pkg.doubles import Fake\n"
    )
    after = replaced("import a\n\nclass Fake: pass\nFake = 1\n", "\nclass Fake: pass", request)
    assert "import Fake as ssot_Fake" in after


def test_imports_from_one_module_share_a_line_while_it_is_short() -> None:
    """Two names make one line; a line that grew too long is followed by another."""
    names = ["First" * 6, "Second" * 6, "Third" * 6]
    requests = [ImportRequest("pkg.doubles", name) for name in ("A", "B")]
    assert replaced("import a\nx = 1\n", "x = 1\n", *requests) == "import a\nfrom pkg.doubles import A, B\n"
    after = replaced("import a\nx = 1\n", "x = 1\n", *(ImportRequest("pkg.doubles", name) for name in names))
    assert after.splitlines()[1:] == [
        f"from pkg.doubles import {names[0]}, {names[1]}",
        f"from pkg.doubles import {names[2]}",
    ]


def test_an_import_whose_comment_would_be_lost_stays() -> None:
    """Names are dropped only if what was remarked on them or their neighbours is kept."""
    both = "from a import (\n    c,\n    b,  # why\n)\n"
    assert replaced(f"{both}x = b, c\n", "x = b, c\n", drops=["b", "c"]) == both
    after = replaced(f"{both}x = b, c\n", "x = b, c\n", drops=["c"])
    assert after == "from a import (\n    b,  # why\n)\n"
