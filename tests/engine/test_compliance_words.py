"""Which files are read for what is compliant already: those that may mean it, and no others."""

from __future__ import annotations

import pytest

from ssot_migrate.engine.compliance import Compliance
from ssot_migrate.engine.scan import Scanner
from ssot_migrate.model import FileKind, Source

SYMBOL = "pkg.runner.main"


def scanner(**methods: str) -> Scanner:
    """A scanner without rules, for one compliant symbol."""
    return Scanner((), (), Compliance({SYMBOL: "some-rule"}, methods))


@pytest.mark.parametrize(
    ("path", "text"),
    [
        ("a.py", "from pkg.runner import main\nmain()\n"),
        ("a.py", "import pkg.runner as r\nr.main()\n"),
        ("pkg/b.py", "from .runner import main\nmain()\n"),
        ("pkg/runner/c.py", "from . import main\nmain()\n"),
        ("a.py", "from pkg.runner import *\nmain()\n"),
    ],
)
def test_every_spelling_is_counted(path: str, text: str) -> None:
    """Wherever its module is named, in the text or by the file's own place."""
    found = scanner().scan(Source(path, text.encode(), "0" * 40, FileKind.PYTHON))
    assert found.compliant == {"some-rule": 1}


def test_a_common_name_opens_no_file() -> None:
    """A ``main`` of the file's own is not that of a module that it does not name."""
    text = b'def main(): ...\nif __name__ == "__main__":\n    main()\n'
    assert not scanner().scan(Source("a.py", text, "0" * 40, FileKind.PYTHON)).parsed


def test_a_method_stands_for_itself() -> None:
    """What is called on ``self`` comes from a base, which no import here need name."""
    text = b"class A(B):\n    def test(self):\n        self.get_env('X')\n"
    found = scanner(get_env="env-rule").scan(Source("a.py", text, "0" * 40, FileKind.PYTHON))
    assert found.compliant == {"env-rule": 1}
