"""Modules that take folders off the import path."""

from __future__ import annotations

import pytest

from ssot_migrate.languages.import_path import takes_from_path


@pytest.mark.parametrize(
    "text",
    [
        "import sys\nif ROOT in sys.path:\n    sys.path.remove(ROOT)\nsys.path.insert(0, ROOT)\n",
        "import sys\nfor path in list(sys.path):\n    sys.path.remove(path)\n",
        "import sys\ndel sys.path[0]\n",
        "import sys\nsys.path[:] = [p for p in sys.path if p != ROOT]\n",
        "import sys\nsys.path.pop(0)\nprint 'Python 2'\n",
    ],
)
def test_a_module_that_takes_folders_off(text: str) -> None:
    """Whether in a condition or in a loop; what cannot be read is taken for one."""
    assert takes_from_path(text.encode())


@pytest.mark.parametrize(
    "text",
    [
        "import sys\nsys.path.insert(0, HERE)\nimport helper\nsys.path.pop(0)\n",
        "import sys\n\n\ndef test_a():\n    sys.path.remove('x')\n",
        "import sys\nsys.path = [ROOT] + sys.path\n",
        "import sys\nsys.path[:0] = [ROOT]\n",
    ],
)
def test_a_module_that_does_not(text: str) -> None:
    """It takes back what it has put there, does so in a function, or only puts something there."""
    assert not takes_from_path(text.encode())
