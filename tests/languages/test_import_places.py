"""A new import stands where an import sorter would have put it, in files whose imports keep sections."""

from __future__ import annotations

import pytest

from ssot_migrate.edits import Span, splice
from ssot_migrate.languages.import_places import Surroundings
from ssot_migrate.languages.imports import Need, plan_imports
from ssot_migrate.languages.layout import layout
from ssot_migrate.languages.python import PythonDocument
from ssot_migrate.model import FileKind, ImportRequest, Source

OWN = {"app", "shared", "tests"}
NEW = "from shared.env import get_env\n"
ALL = Surroundings(OWN.__contains__, lambda module: True)


def added(text: str, around: Surroundings = ALL, drops: tuple[str, ...] = (), edited: str = "") -> str:
    """``text`` with the import of an accessor, while ``edited`` changes."""
    data = text.encode()
    doc = PythonDocument.parse(Source("tests/m.py", data, "0" * 40, FileKind.PYTHON))
    spans = [Span(data.index(edited.encode()), data.index(edited.encode()) + len(edited))] if edited else []
    needs = [Need(ImportRequest("shared.env", "get_env"), -1)]
    plan = plan_imports(data, layout(doc), needs, drops, spans, lambda: doc.tree, around)
    return splice(data, plan.edits).decode()


@pytest.mark.parametrize(
    ("above", "new", "below"),
    [
        ("import app\nfrom app.x import y\n", NEW, "from tests import z\n"),
        ("import os\n\nfrom app import y\n", NEW, "from tests import z\n\nfrom . import near\n"),
        ("from tests import z\n\nimport app\n", NEW, "from tests import y\n"),
        ("# All rights reserved.\n", NEW, "from tests import z\n"),
        ("import os\n\n# what we test\nfrom app import y\n", NEW, "\nfrom . import near\n"),
        ("import os\n\n", f"{NEW}\n", "from . import near\nfrom .b import c\n"),
        ("import os\nimport sys\n", f"\n{NEW}", ""),
        ("import os\n\nimport yaml\n", f"\n{NEW}", "X = os.name, yaml\n"),
    ],
)
def test_it_goes_into_its_section(above: str, new: str, below: str) -> None:
    """Between the repository's own imports by name, or as a section of its own, which a blank line parts."""
    assert added(above + below) == above + new + below


@pytest.mark.parametrize(
    "text",
    [
        "import os\nimport yaml\nfrom tests import z\n",
        "from tests import z\nfrom app import y\n",
        "from app import y\nfrom tests import *\n",
        "import os; import sys\nfrom tests import z\n",
        "from . import near\nimport sys\nfrom tests import z\n",
    ],
)
def test_it_follows_the_last_one_where_no_order_is_kept(text: str) -> None:
    """Sections that mix, no order, a star that may bind its name again, or several statements on a line."""
    assert added(text) == text + NEW


def test_a_comment_above_the_first_stays_with_it() -> None:
    """What a comment speaks of is still the next line."""
    text = "import os\n\n# before anything else\nfrom tests import z\n"
    assert added(text) == text + NEW


def test_nothing_moves_above_what_may_bring_the_root() -> None:
    """The new module must be found where the statement stands that it precedes, and that is asked for."""
    text = "import app\nfrom tests.setup import path\n"
    assert added(text, Surroundings(OWN.__contains__, lambda module: module != "tests.setup")) == text + NEW
    assert added(text, Surroundings(OWN.__contains__, lambda module: module == "tests.setup")) != text + NEW


def test_code_between_imports_is_never_passed() -> None:
    """Sections above a statement are not looked at: it may bring what the import needs."""
    text = "from tests import z\n\nz.install()\n\nimport yaml\n"
    assert added(text) == f"{text}\n{NEW}"


def test_an_import_that_goes_leaves_its_section() -> None:
    """A new section follows what stays; alone in its section, the old line's place is taken."""
    assert added("import os\nimport unittest\n", drops=("unittest",)) == f"import os\n\n{NEW}"
    assert added("import unittest\n", drops=("unittest",)) == NEW
    assert (
        added("import unittest\n\nfrom tests import z\n", drops=("unittest",))
        == f"{NEW}from tests import z\n"
    )


def test_lines_that_change_tell_nothing() -> None:
    """Where another edit renames an import, no order is certain."""
    text = "from app import y\nfrom tests import z\n"
    assert added(text, edited="tests") == text + NEW


def test_windows_line_ends_stay() -> None:
    """A section of its own comes with the file's line ends."""
    assert added("import os\r\nX = os\r\n") == "import os\r\n\r\n" + NEW.replace("\n", "\r\n") + "X = os\r\n"
