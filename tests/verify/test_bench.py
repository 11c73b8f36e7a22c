"""Runs of real pytest, and of what is no pytest, on a bench: every outcome is told, whatever the tests do."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import pytest

from ssot_migrate.verify.bench import Bench
from ssot_migrate.verify.model import Outcome

pytestmark = pytest.mark.heavy
PYTEST = (sys.executable, "-m", "pytest", "-q")
ALL_KINDS = """\
import os, time, pytest

@pytest.fixture
def broken():
    raise ValueError("no")

@pytest.mark.parametrize("n", [1, 2])
def test_passes(n, tmp_path): ...
def test_fails(): assert 0, "because"
def test_has_no_fixture(broken): ...
@pytest.mark.skip
def test_is_skipped(): ...
@pytest.mark.xfail
def test_is_expected(): assert 0
@pytest.mark.xfail
def test_surprises(): ...
"""
DEADLY = """\
import os
def test_a(): ...
def test_dies(): os._exit(0)
def test_b(): ...
def test_is_killed(): os.kill(os.getpid(), 9)
def test_c(): ...
"""
HANGS = """\
import time
def test_a(): ...
def test_hangs(): time.sleep(600)
def test_b(): ...
"""


def lay(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files below ``folder``."""
    for name, text in {"pytest.ini": "[pytest]\n", **files}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return folder


def bench(tree: Path, *words: str, original: Path | None = None, limit: float = 120) -> Bench:
    """A bench on which ``tree`` is tested, by pytest if no command is given."""
    return Bench(tree, original or tree, words or PYTEST, limit)


def outcomes(tree: Path, *words: str, limit: float = 120) -> dict[str, str]:
    """How each test ends."""
    return {name: test.outcome.value for name, test in bench(tree, *words, limit=limit).test().tests.items()}


def test_every_outcome_is_told(tmp_path: Path) -> None:
    """With parameters, markers, fixtures and the end of the output."""
    run = bench(lay(tmp_path, {"test_x.py": ALL_KINDS, "test_y.py": "import nowhere\n"})).test()
    assert run.by_test
    assert run.status == 2
    assert {name.removeprefix("test_x.py::"): test.outcome for name, test in run.tests.items()} == {
        "test_passes[1]": Outcome.UNREACHED,
        "test_passes[2]": Outcome.UNREACHED,
        "test_fails": Outcome.UNREACHED,
        "test_has_no_fixture": Outcome.UNREACHED,
        "test_is_skipped": Outcome.UNREACHED,
        "test_is_expected": Outcome.UNREACHED,
        "test_surprises": Outcome.UNREACHED,
        "test_y.py": Outcome.ERROR,
    }
    (tmp_path / "test_y.py").unlink()
    run = bench(tmp_path).test()
    assert {name.removeprefix("test_x.py::"): test.outcome for name, test in run.tests.items()} == {
        "test_passes[1]": Outcome.PASSED,
        "test_passes[2]": Outcome.PASSED,
        "test_fails": Outcome.FAILED,
        "test_has_no_fixture": Outcome.ERROR,
        "test_is_skipped": Outcome.SKIPPED,
        "test_is_expected": Outcome.XFAILED,
        "test_surprises": Outcome.XPASSED,
    }
    assert "because" in run.tests["test_x.py::test_fails"].output
    assert "tmp_path" in run.tests["test_x.py::test_passes[1]"].fixtures
    assert run.tests["test_x.py::test_is_skipped"].markers == ("skip()[]",)


def test_what_kills_the_process_is_named_and_the_rest_is_reached(tmp_path: Path) -> None:
    """By leaving it out of another run."""
    assert outcomes(lay(tmp_path, {"test_x.py": DEADLY})) == {
        "test_x.py::test_a": "passed",
        "test_x.py::test_dies": "killed",
        "test_x.py::test_b": "passed",
        "test_x.py::test_is_killed": "killed",
        "test_x.py::test_c": "passed",
    }


def test_what_hangs_is_named_and_the_rest_is_reached(tmp_path: Path) -> None:
    """When time is up."""
    assert outcomes(lay(tmp_path, {"test_x.py": HANGS}), limit=25) == {
        "test_x.py::test_a": "passed",
        "test_x.py::test_hangs": "timeout",
        "test_x.py::test_b": "passed",
    }


def test_workers_of_xdist_tell_of_their_tests(tmp_path: Path) -> None:
    """Also of one that takes its worker down."""
    lay(tmp_path, {"test_x.py": DEADLY, "test_y.py": "def test_y(): ...\n"})
    found = outcomes(tmp_path, *PYTEST, "-p", "xdist.plugin", "-n", "2")
    assert {name for name, outcome in found.items() if outcome == "killed"} == {
        "test_x.py::test_dies",
        "test_x.py::test_is_killed",
    }
    assert sum(outcome == "passed" for outcome in found.values()) == 4


def test_only_the_selected_files_are_even_imported(tmp_path: Path) -> None:
    """One that would fail to import is no error then."""
    lay(tmp_path, {"a/test_x.py": "def test_x(): ...\n", "b/test_y.py": "import nowhere\n"})
    run = bench(tmp_path).test(["a/test_x.py"])
    assert (list(run.tests), run.status) == (["a/test_x.py::test_x"], 0)


def test_a_pytest_that_a_test_starts_is_none_of_ours(tmp_path: Path) -> None:
    """Its tests are not taken for those of the suite."""
    code = (
        "import subprocess, sys\n"
        "def test_outer(tmp_path):\n"
        "    (tmp_path / 'test_in.py').write_text('def test_inner(): ...')\n"
        "    subprocess.run([sys.executable, '-m', 'pytest', str(tmp_path)], check=True)\n"
    )
    assert outcomes(lay(tmp_path, {"test_x.py": code})) == {"test_x.py::test_outer": "passed"}


def test_two_pytests_of_one_command_are_told_apart(tmp_path: Path) -> None:
    """By where their tests stand in the tree, though each calls them by the same name."""
    code = "def test_x(): ...\n"
    lay(tmp_path, {"a/pytest.ini": "[pytest]\n", "a/test_x.py": code, "b/test_x.py": code})
    (tmp_path / "b" / "pytest.ini").write_text("[pytest]\n")
    line = f"cd a && {' '.join(PYTEST)}; cd ../b && {' '.join(PYTEST)}"
    assert set(outcomes(tmp_path, "sh", "-c", line)) == {"a/test_x.py::test_x", "b/test_x.py::test_x"}


def test_a_command_that_is_no_pytest_is_told_by_its_status(tmp_path: Path) -> None:
    """And said to be."""
    code = "import unittest\nclass T(unittest.TestCase):\n    def test_x(self): self.fail('no')\n"
    run = bench(lay(tmp_path, {"test_x.py": code}), sys.executable, "-m", "unittest").test()
    assert (run.by_test, run.status, run.tests) == (False, 1, {})
    assert "AssertionError: no" in run.output


PACKAGE = {
    "src/pkg/__init__.py": "WHERE = __file__\n",
    "test_x.py": "import pkg\ndef test_x(): print(pkg.WHERE)\n",
}
BUILD = """\
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
[project]
name = "pkg"
version = "1"
[tool.setuptools]
package-dir = {"" = "src"}
"""


@pytest.fixture
def installed(tmp_path: Path) -> Path:
    """The site-packages of a virtual environment that sees this one's, to install the original into."""
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(tmp_path / "venv")], check=True)
    (site,) = (tmp_path / "venv" / "lib").glob("python*/site-packages")
    this = next(path for path in sys.path if path.endswith("site-packages"))
    (site / "ours.pth").write_text(f"{this}\n")
    return site


@pytest.mark.parametrize("kind", ["path", "finder"])
def test_an_editable_install_gives_the_tree_under_test(tmp_path: Path, installed: Path, kind: str) -> None:
    """Though it points at the original: by a path, or by a finder of setuptools."""
    original, tree = lay(tmp_path / "original", PACKAGE), lay(tmp_path / "tree", PACKAGE)
    if kind == "path":
        (installed / "pkg.pth").write_text(f"{original / 'src'}\n")
    else:
        (original / "pyproject.toml").write_text(BUILD)
        pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--target", str(installed)]
        subprocess.run([*pip, "--editable", str(original)], check=True)
    python = str(tmp_path / "venv" / "bin" / "python")
    run = bench(tree, python, "-m", "pytest", "-q", "-s", original=original).test()
    assert str(tree / "src" / "pkg") in run.output
    assert (run.foreign, run.status) == ({}, 0)


def test_an_installed_copy_is_seen_to_be_none_of_the_tree(tmp_path: Path, installed: Path) -> None:
    """The tests pass, and prove nothing of the tree."""
    tree = lay(tmp_path / "tree", PACKAGE)
    lay(installed, {"pkg/__init__.py": PACKAGE["src/pkg/__init__.py"]})
    run = bench(tree, str(tmp_path / "venv" / "bin" / "python"), "-m", "pytest", "-q").test()
    assert run.foreign == {"pkg": str(installed / "pkg" / "__init__.py")}
