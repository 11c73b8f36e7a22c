"""Which files a change can reach: rather too many than too few."""

from __future__ import annotations

import pytest

from ssot_migrate.index.affected import Dependents

FILES = {
    "app/__init__.py": "",
    "app/deep.py": "VALUE = 1\n",
    "app/middle.py": "def load():\n    from .deep import VALUE\n    return VALUE\n",
    "app/top.py": "import app.middle as m, \\\n    json\n",
    "app/apart.py": "",
    "lib/conftest.py": "from app import apart\n",
    "lib/tests/test_lib.py": "",
    "tests/test_top.py": "from app import (  # many\n    apart as a,\n    top,\n)\n",
    "tests/test_name.py": "def test(monkeypatch):\n    monkeypatch.setattr('app.deep.VALUE', 2)\n",
    "tests/test_script.py": "RUN = ['sh', 'bin/start.sh']\n",
    "tests/test_broken.py": "from app.deep import (VALUE\nthis is no Python\n",
    "tests/test_none.py": "import json\n",
    "bin/start.sh": "",
}
EVERY_DEEP = {
    "app/deep.py",
    "app/middle.py",
    "app/top.py",
    "tests/test_top.py",
    "tests/test_name.py",
    "tests/test_broken.py",
}


@pytest.fixture
def dependents() -> Dependents:
    """Who depends on whom in ``FILES``."""
    return Dependents({path: text.encode() for path, text in FILES.items()})


@pytest.mark.parametrize(
    ("changed", "reached"),
    [
        ("app/top.py", {"app/top.py", "tests/test_top.py"}),
        ("tests/test_none.py", {"tests/test_none.py"}),
        ("bin/start.sh", {"bin/start.sh", "tests/test_script.py"}),
        ("lib/conftest.py", {"lib/conftest.py", "lib/tests/test_lib.py"}),
    ],
)
def test_files_are_reached_by_imports_names_and_folders(
    dependents: Dependents, changed: str, reached: set[str]
) -> None:
    """Through a package, a multi-line import, a file's name in a string, and a folder's conftest."""
    assert dependents.of([changed]) == frozenset(reached)


def test_imports_in_functions_and_names_in_strings_count(dependents: Dependents) -> None:
    """So does an import in a file that cannot be parsed."""
    assert (dependents.of(["app/deep.py"]) or set()) >= EVERY_DEEP


def test_a_conftest_hands_on_what_it_imports(dependents: Dependents) -> None:
    """The tests below it are reached, though they import nothing."""
    assert {"lib/tests/test_lib.py", "tests/test_top.py"} <= (dependents.of(["app/apart.py"]) or set())


def test_a_package_reaches_its_modules_and_whoever_imports_one(dependents: Dependents) -> None:
    """Importing any module of it runs the package."""
    reached = dependents.of(["app/__init__.py"]) or frozenset()
    assert reached >= EVERY_DEEP
    assert "tests/test_none.py" not in reached


@pytest.mark.parametrize("name", ["pytest.ini", "pytest.toml", "lib/pyproject.toml", "setup.cfg", "tox.ini"])
def test_settings_reach_everything(dependents: Dependents, name: str) -> None:
    """No file is left out then."""
    assert dependents.of([name]) is None


def test_one_distribution_uses_another() -> None:
    """Helpers of one are imported by the tests of the next, which pytest finds where they are installed."""
    files = {
        "one/src/one/__init__.py": b"",
        "one/src/one/tools.py": b"",
        "two/tests/test_two.py": b"from one import tools\n",
        "two/tests/test_none.py": b"import json\n",
    }
    reached = Dependents(files).of(["one/src/one/tools.py"])
    assert reached == frozenset({"one/src/one/tools.py", "two/tests/test_two.py"})
