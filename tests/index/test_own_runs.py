"""Tests that programs of a project's own load, or that run where only what is installed is found."""

from __future__ import annotations

import subprocess
from pathlib import Path

import pytest

from ssot_migrate.engine.elsewhere import runs_elsewhere
from ssot_migrate.engine.unparsed import unparsed
from ssot_migrate.index.project import Project
from ssot_migrate.index.reach import importable
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.scan import FileScan, ImportFact
from ssot_migrate.index.targets import Target
from ssot_migrate.model import FileKind, Role, Source
from ssot_migrate.workflow import Request, make_plan

TARGET = Target("test_framework.base", "Base", "test_framework/base.py", exists=True, vendored=False)
RUN = "import unittest\n\nloader = unittest.defaultTestLoader\nif __name__ == '__main__':\n    {}\n"
CASE = "import unittest\n\n\nclass TestA(unittest.TestCase):\n    def test_a(self):\n        pass\n"


def reason(program: str, *facts: str, test: str = "utest/output/test_a.py") -> str:
    """Why a test that imports ``facts`` may not find the target, beside a ``program`` that loads tests."""
    imports = tuple(ImportFact(fact, fact) for fact in facts)
    scans = [FileScan(test, "", imports=imports), FileScan(program, "", script=True, loads_tests=True)]
    return importable(Repository(scans, {Role.BASE_CASE: TARGET}), TARGET, test)


def is_program(text: str) -> bool:
    """Whether a file with this text is taken for a program that loads tests."""
    return unparsed(Source("utest/run.py", text.encode(), "", FileKind.PYTHON), {}).loads_tests


@pytest.mark.parametrize(
    ("program", "facts", "held"),
    [
        ("utest/run.py", ("unittest",), True),
        ("utest/output/run.py", ("unittest",), True),
        ("utest/run.py", ("pytest",), False),
        ("run.py", ("unittest",), False),
        ("other/run.py", ("unittest",), False),
        ("utest/test_all.py", ("unittest",), False),
    ],
)
def test_a_program_beside_tests_loads_them(program: str, facts: tuple[str, ...], *, held: bool) -> None:
    """Started by its path, it has its own folder on the import path, not the root; pytest has both."""
    assert reason(program, *facts).startswith(f"{program} loads tests itself") is held


@pytest.mark.parametrize(
    ("call", "loads"),
    [
        ("loader.loadTestsFromModule(module)", True),
        ("loader.loadTestsFromNames(names)", True),
        ("unittest.TestLoader().discover('.')", True),
        ("loader.loadTestsFromTestCase(TestA)", False),
        ("service.discover()", False),
    ],
)
def test_programs_that_load_tests_are_told_by_how_they_do(call: str, *, loads: bool) -> None:
    """By module, by name or by folder; what only runs its own classes loads no others."""
    assert is_program(RUN.format(call)) is loads
    assert not is_program(f"import unittest\n{call}\n")


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("tox.ini", "[testenv]\nchangedir = {toxworkdir}\n", "changedir"),
        ("tox.ini", "[testenv]\nchange_dir={envtmpdir}/x\n", "changedir"),
        ("pyproject.toml", '[tool.tox.env_run_base]\nchange_dir = "{env_tmp_dir}"\n', "changedir"),
        ("tox.ini", "[testenv:docs]\nchangedir = docs\n", ""),
        ("tox.ini", "[testenv]\nchangedir = {toxworkdir}/..\n", ""),
        ("pyproject.toml", '[tool.cibuildwheel]\ntest-command = "python -m acme.tests"\n', "cibuildwheel"),
        ("pyproject.toml", '[tool.cibuildwheel]\ntest-command = ["pytest {project}/tests"]\n', ""),
        ("pyproject.toml", "[broken", ""),
        ("other.ini", "[testenv]\nchangedir = {toxworkdir}\n", ""),
    ],
)
def test_settings_that_run_tests_from_another_folder(name: str, text: str, told: str) -> None:
    """Where the working folder is one of tox's own, or cibuildwheel's command names none of ours."""
    found = dict(runs_elsewhere({f"lib/{name}": text.encode()}))
    assert list(found) == (["lib"] if told else [])
    assert told in found.get("lib", "")


@pytest.mark.parametrize(
    ("test", "held"), [("acme/test/test_a.py", True), ("tests/test_a.py", False), ("loose/test_a.py", False)]
)
def test_tests_inside_a_package_then_run_as_they_are_installed(test: str, *, held: bool) -> None:
    """Tests beside the package are started by their path, wherever that is."""
    project = Project(installable=frozenset({""}), elsewhere={"": "tox.ini (changedir)"})
    packages = [FileScan(f"{at}/__init__.py", "") for at in ("acme", "acme/test", "tests")]
    repo = Repository([*packages, FileScan(test, "")], {Role.BASE_CASE: TARGET}, project=project)
    assert importable(repo, TARGET, test).startswith("tox.ini (changedir) runs the tests of acme") is held


@pytest.mark.parametrize("settings", ["", "[pytest]\n"])
def test_a_plan_holds_what_such_a_program_loads(tmp_path: Path, settings: str) -> None:
    """Unless settings tell that pytest runs the tests."""
    files = {"utest/run.py": RUN.format("loader.discover('.')"), "utest/sub/test_a.py": CASE}
    files |= {"pytest.ini": settings} if settings else {}
    for name, text in files.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, "utf-8")
    for command in (["init", "-q"], ["add", "-A"], ["commit", "-q", "-m", "base"]):
        subprocess.run(["git", "-C", str(tmp_path), *command], check=True)
    plan = make_plan(Request(path=str(tmp_path), rules=("legacy-base-class",)), lambda *progress: None)
    assert [finding.state.value for finding in plan.findings] == ["changed" if settings else "held"]
