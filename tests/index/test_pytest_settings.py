"""Pytest settings as rules read them, from each file that may hold them."""

from __future__ import annotations

import pytest

from ssot_migrate.index.pytest_settings import PytestSettings, parse_pytest

STANDARD = PytestSettings()


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pytest.ini", "[pytest]\npython_classes = Check* *Suite\n"),
        ("tox.ini", "[tox]\n[pytest]\npython_classes = Check* *Suite\n"),
        ("setup.cfg", "[tool:pytest]\npython_classes =\n    Check*\n    *Suite\n"),
        ("pyproject.toml", '[tool.pytest.ini_options]\npython_classes = ["Check*", "*Suite"]\n'),
        ("pyproject.toml", '[tool.pytest]\npython_classes = ["Check*", "*Suite"]\n'),
        ("pytest.toml", '[pytest]\npython_classes = ["Check*", "*Suite"]\n'),
        (".pytest.toml", '[pytest]\npython_classes = ["Check*", "*Suite"]\n'),
    ],
)
def test_class_patterns_are_read_from_every_kind_of_file(name: str, text: str) -> None:
    """The same patterns come out of each file format."""
    found = parse_pytest(name, text.encode(), "")
    assert found == PytestSettings(python_classes=("Check*", "*Suite"))
    assert found.is_test_class("CheckA")
    assert found.is_test_class("BigSuite")
    assert not found.is_test_class("TestA")


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("tox.ini", "[tox]\n"),
        ("setup.cfg", "[metadata]\n"),
        ("pyproject.toml", "[project]\nname = 'x'\n"),
        ("pyproject.toml", "[tool.pytest\n"),
        ("pytest.ini", "no section\n"),
        ("pytest.ini", "\xff"),
    ],
)
def test_a_file_without_readable_settings_is_none(name: str, text: str) -> None:
    """No section, or a file that cannot be parsed, leaves the next file its turn."""
    assert parse_pytest(name, text.encode("latin-1"), "") is None


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("pytest.ini", ""),
        ("pytest.toml", ""),
        (".pytest.toml", "[tool.pytest]\npython_classes = ['Own']\n"),
        ("pyproject.toml", "[tool.pytest]\nminversion = '9'\n"),
    ],
)
def test_a_file_of_settings_counts_even_if_it_says_nothing_of_collection(name: str, text: str) -> None:
    """An empty ``pytest.ini`` marks a root, as pytest has it, and so does a table of other settings."""
    assert parse_pytest(name, text.encode(), "") == STANDARD


def test_the_import_path_is_told_from_the_repositorys_root() -> None:
    """``pythonpath`` is relative to the file's folder; import mode may be written in two ways."""
    text = b"[pytest]\npythonpath = .. src\naddopts = --import-mode importlib\n"
    found = parse_pytest("pytest.ini", text, "svc")
    assert found is not None
    assert found.roots == ("", "svc/src")
    assert found.importlib


@pytest.mark.parametrize(
    ("filters", "fails"),
    [
        ("error", True),
        ("error::DeprecationWarning", True),
        ("error\n    ignore::DeprecationWarning", False),
        ("ignore\n    error", True),
        ("error:some text:DeprecationWarning", False),
        ("error::UserWarning", False),
    ],
)
def test_the_last_filter_decides_on_deprecations(filters: str, fails: bool) -> None:
    """A DeprecationWarning of any text is an error if the last filter that fits it says so."""
    found = parse_pytest("pytest.ini", f"[pytest]\nfilterwarnings =\n    {filters}\n".encode(), "")
    assert found is not None
    assert found.deprecations_fail is fails


@pytest.mark.parametrize("addopts", ["-W error", "-Werror", "--pythonwarnings=error::DeprecationWarning"])
def test_options_may_turn_deprecations_into_errors(addopts: str) -> None:
    """Warning filters in ``addopts`` count as well."""
    found = parse_pytest("pytest.ini", f"[pytest]\naddopts = {addopts}\n".encode(), "")
    assert found is not None
    assert found.deprecations_fail
