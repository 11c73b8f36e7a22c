"""What the lines of a module show of what loading it does, held against the tree."""

from __future__ import annotations

import ast
import sysconfig
from pathlib import Path

import pytest

from ssot_migrate.copies.sharing import import_effect
from ssot_migrate.languages.effects import acting_line


@pytest.mark.parametrize(
    ("text", "line"),
    [
        pytest.param("", 0, id="empty"),
        pytest.param(
            '"""One.\n\nTwo.\n"""\n\nimport os\n\nLOG = logging.getLogger(__name__)\n', 0, id="docstring"
        ),
        pytest.param("# a\n\nX: int = 3  # of it\nY = 'a'\nclass A:\n    b.c = 1\n", 0, id="definitions"),
        pytest.param("import a\nif TYPE_CHECKING:\n    import b\n", 0, id="types"),
        pytest.param("import a\r\nX = 1\r\n", 0, id="crlf"),
        pytest.param("\ufeffimport a\na.b = 1\n", 2, id="patched, after a mark"),
        pytest.param("import a; a.patch()\n", 1, id="one line"),
        pytest.param("import a\n\n@a.once\ndef b(): ...\nregister(b)", 5, id="called"),
        pytest.param("try:\n    import a\nexcept ImportError:\n    a = None\n", 1, id="tried"),
        pytest.param('X = """\nregister(X)\n"""\n', 1, id="not known"),
    ],
)
def test_the_first_line_that_acts(text: str, line: int) -> None:
    """Definitions, imports and constants do nothing; what cannot be told is said to act."""
    assert acting_line(text.encode()) == line


def test_no_module_that_acts_is_said_not_to() -> None:
    """Of the standard library's modules, each that its tree shows to act shows it by a line as well."""
    missed = []
    for path in sorted(Path(sysconfig.get_path("stdlib")).glob("*.py")):
        data = path.read_bytes()
        if acting_line(data) == 0 and (effect := import_effect(ast.parse(data))):
            missed.append(f"{path.name}: {effect}")
    assert missed == []
