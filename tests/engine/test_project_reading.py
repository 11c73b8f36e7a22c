"""The repository's own configuration, as facts for rules."""

from __future__ import annotations

from ssot_migrate.engine.project import days_of, read_project
from ssot_migrate.index.project import Project, Term
from ssot_migrate.index.repository import Repository
from ssot_migrate.settings import Settings

PACKAGE = b'[build-system]\nrequires = ["hatchling"]\n[project]\nname = "x"\n'
COMMITTED = 1_767_225_600  # 2026-01-01


def read(files: dict[str, bytes]) -> Project:
    """The project of these files."""
    return read_project(files, Settings())


def term(settings: Settings) -> Term:
    """The term of an alias that is made on New Year's Day."""
    project, days = read_project({}, settings), days_of(settings, COMMITTED)
    return Repository([], {}, services={"a.py": "billing"}, project=project, days=days).term("a.py")


def test_installable_folders_build_a_distribution() -> None:
    """A pyproject with a build system, a setup.cfg with options, or a setup.py that calls ``setup``."""
    files = {
        "a/pyproject.toml": PACKAGE,
        "b/setup.py": b"from setuptools import setup\nsetup()\n",
        "c/pyproject.toml": b"[tool.black]\n",
        "d/setup.py": b"print('sets up the development machine')\n",
        "e/pyproject.toml": b"[tool.poetry]\nname = 'x'\n[build-system]\n",
        "f/pyproject.toml": b"[broken",
        "g/pyproject.toml": b"[build-system]\nrequires = ['setuptools >= 68']\n",
        "h/setup.cfg": b"[metadata]\nname = x\n\n[options]\npackages = x\n",
        "i/setup.cfg": b"[metadata]\nlicense_files = LICENSE\n[tool:pytest]\n",
    }
    project = read(files)
    assert project.installable == {"a", "b", "e", "g", "h"}
    assert project.package_of("a/src/x.py") == "a"
    assert project.package_of("c/x.py") is None


def test_compiled_modules_are_told_by_what_builds_them() -> None:
    """An extension in a setup.py, or a build system that makes them; other settings say nothing."""
    files = {
        "a/setup.py": b"setup(ext_modules=[Extension('a._fast', ['fast.c'])])\n",
        "b/pyproject.toml": b"[build-system]\nrequires = ['setuptools', 'Cython>=3']\n",
        "c/pyproject.toml": b"[build-system]\nrequires = ['maturin>=1']\n",
        "d/pyproject.toml": b"[build-system]\nrequires = ['hatchling']\n",
        "e/tox.ini": b"[testenv]\ndeps = cython\n",
    }
    assert read(files).compiled == {"a", "b", "c"}


def test_the_first_file_with_settings_wins() -> None:
    """As in pytest: ``pytest.toml``, then ``pytest.ini``, then pyproject, and ``setup.cfg`` last."""
    files = {
        "setup.cfg": b"[tool:pytest]\npython_classes = A\n",
        "pyproject.toml": b"[tool.pytest.ini_options]\npython_classes = ['B']\n",
        "svc/pytest.ini": b"[pytest]\npython_classes = C\n",
        "svc/a/pytest.ini": b"[pytest]\npython_classes = D\n",
        "svc/a/pytest.toml": b"[pytest]\npython_classes = ['E']\n",
    }
    found = read(files).pytest_of("svc/a/tests/test_x.py")
    assert list(found) == ["svc/a", "svc", ""]
    assert [settings.python_classes for settings in found.values()] == [("E",), ("C",), ("B",)]


def test_the_term_of_an_alias_is_told_by_the_commit_not_by_a_clock() -> None:
    """The dates count from the base commit; the owner is the team's setting, else the service."""
    assert term(Settings()) == Term("billing", "2026-01-01", "2026-06-30")
    settings = Settings(owner="platform", alias_days=31)
    assert term(settings) == Term("platform", "2026-01-01", "2026-02-01")
