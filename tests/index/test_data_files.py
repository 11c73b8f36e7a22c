"""Files among tests that a test names by their paths, and does not load."""

from __future__ import annotations

import pytest

from ssot_migrate.custom.team import Team
from ssot_migrate.engine.registry import find_rules
from ssot_migrate.engine.scan import Scanner
from ssot_migrate.index.data_files import may_be_data
from ssot_migrate.index.project import Project
from ssot_migrate.index.pytest_settings import parse_pytest
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.scan import FileScan, ImportFact
from ssot_migrate.languages.named_files import python_files_named
from ssot_migrate.model import FileKind, Source

USER, HELPER = "tests/aws/test_calls.py", "tests/aws/functions/echo.py"


def reason(named: str, *, path: str = HELPER, imported: str = "") -> str:
    """Why the file at ``path`` may be data if a test names ``named`` and imports ``imported``."""
    imports = (ImportFact("echo", "tests.aws.functions.used"), ImportFact("x", imported or "json"))
    used = FileScan("tests/aws/functions/used.py", "")
    scans = [FileScan(USER, "", imports=imports, names_files=(named,)), used, FileScan(path, "")]
    return may_be_data(Repository(scans, {}), path)


@pytest.mark.parametrize(
    ("named", "imported", "held"),
    [
        ("functions/echo.py", "", True),
        ("functions/echo.py", "tests.aws.functions.echo", True),
        ("echo.py", "", True),
        ("echo.py", "tests.aws.functions.echo", False),
        ("other/echo.py", "", False),
        ("an_echo.py", "", False),
    ],
)
def test_a_file_that_a_test_names(named: str, imported: str, *, held: bool) -> None:
    """A path tells enough; a bare name only of a file that nobody imports."""
    assert reason(named, imported=imported).startswith(f"{USER} names it by its path") is held


def test_what_pytest_loads_is_no_data() -> None:
    """Whoever names it."""
    assert reason("functions/test_echo.py", path="tests/aws/functions/test_echo.py") == ""


@pytest.mark.parametrize(
    "text", ['A = "functions/echo.py"\n', 'import os\n\nA = os.environ["functions/echo.py"]\n']
)
def test_who_is_no_test_tells_nothing(text: str) -> None:
    """A runner that lists the tests names what it starts; parsed or not, only a test's file is asked."""
    scanner = Scanner(find_rules(("direct-env-access",), Team()))
    for path, named in ((USER, ("functions/echo.py",)), ("tools/run.py", ())):
        assert scanner.scan(Source(path, text.encode(), "", FileKind.PYTHON)).names_files == named


def test_paths_at_the_ends_of_strings() -> None:
    """Whatever stands before them, in bytes and f-strings as well."""
    text = b"""
A = os.path.join(HERE, "functions/echo.py")
B = f"{HERE}/deep/inner.py"; C = HERE / 'plain.py'; D = "../up/there.py"
E = "a sentence that ends with x.py."; F = "x.pyc"; G = "no-name/.py"
"""
    assert python_files_named(text) == ("deep/inner.py", "functions/echo.py", "plain.py", "up/there.py")


@pytest.mark.parametrize(
    ("packages", "user", "data"),
    [
        (("tests/__init__.py",), "", True),
        ((), "", False),
        (("tests/__init__.py", "tests/files/__init__.py"), "", False),
        (("tests/__init__.py",), "plugin", False),
    ],
)
def test_a_plugin_that_tests_read_may_lie_beside_what_is_called_as_a_test_is(
    packages: tuple[str, ...], user: str, *, data: bool
) -> None:
    """In a folder that is no part of the tests' package, what nobody imports is started by others."""
    facts = (ImportFact(user, user),) if user else ()
    scans = [FileScan("tests/files/own_test.py", "", imports=facts), FileScan("tests/files/plugin.py", "")]
    repo = Repository([*scans, *(FileScan(path, "") for path in packages)], {})
    assert ("may be a plugin" in may_be_data(repo, "tests/files/plugin.py")) is data
    assert not may_be_data(repo, "tests/files/own_test.py")


@pytest.mark.parametrize(("setting", "data"), [("tests/inputs", True), ("inputs", True), ("other", False)])
def test_folders_that_pytest_is_kept_out_of_hold_data(setting: str, *, data: bool) -> None:
    """Whatever their files are called, and however they import each other."""
    settings = parse_pytest("pytest.ini", f"[pytest]\nnorecursedirs = {setting}\n".encode(), "")
    project = Project(pytest={"": settings} if settings else {})
    facts = (ImportFact("names", "tests.inputs.names"),)
    user = FileScan("tests/inputs/deep/a.py", "", imports=facts)
    paths = ("tests/inputs/conftest.py", "tests/inputs/names.py", "tests/inputs/__init__.py")
    repo = Repository([user, *(FileScan(path, "") for path in paths)], {}, project=project)
    assert ("no test loads" in may_be_data(repo, "tests/inputs/names.py")) is data
