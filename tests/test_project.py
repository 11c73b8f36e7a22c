"""The project's own promises: what is declared, what is packaged, and what its documents name."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
import tarfile
import tomllib
import zipfile
from importlib.metadata import packages_distributions
from pathlib import Path
from typing import Any

import pytest
import yaml
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

import ssot_migrate

ROOT = Path(__file__).parents[1]
PACKAGE = ROOT / "ssot_migrate"
VENDORED = PACKAGE / "runtime" / "files"
INSIDE = PACKAGE / "verify" / "inside"
FRAGMENT = re.compile(r"\+[a-z0-9-]+\.(added|changed|deprecated|removed|fixed|security)\.md")


@pytest.fixture(scope="module")
def project() -> dict[str, Any]:
    """The ``project`` table of pyproject.toml."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        table: dict[str, Any] = tomllib.load(file)["project"]
    return table


@pytest.fixture(scope="module")
def distributions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the sdist of this checkout and the wheel built from that sdist."""
    folder = tmp_path_factory.mktemp("dist")
    run(sys.executable, "-m", "build", "--outdir", str(folder), str(ROOT))
    return folder


def run(*command: str, cwd: Path = ROOT) -> str:
    """The standard output of a command that must succeed; no setting of this run reaches its Python."""
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    done = subprocess.run(command, cwd=cwd, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, f"{command}: {done.stdout}{done.stderr}"
    return done.stdout


def packaged() -> set[str]:
    """The files of the package as git knows them, as a wheel must hold them."""
    listed = run("git", "ls-files", "--cached", "--others", "--exclude-standard", "-z", "ssot_migrate")
    return {path for path in listed.split("\0") if path and (ROOT / path).is_file()}


def third_party() -> list[set[str]]:
    """For each foreign module that the tool's own modules import, the distributions that it may be of."""
    owners = packages_distributions()
    names = {
        name.partition(".")[0]
        for path in PACKAGE.rglob("*.py")
        if not {VENDORED, INSIDE}.intersection(path.parents)
        for node in ast.walk(ast.parse(path.read_bytes()))
        for name in imported(node)
    }
    foreign = names - set(sys.stdlib_module_names) - {"ssot_migrate"}
    return [{canonicalize_name(owner) for owner in owners.get(name, [name])} for name in foreign]


def imported(node: ast.AST) -> list[str]:
    """The absolute modules that an import statement names."""
    match node:
        case ast.Import(names=names):
            return [alias.name for alias in names]
        case ast.ImportFrom(module=str(module), level=0):
            return [module]
    return []


def test_dependencies_are_what_is_imported(project: dict[str, Any]) -> None:
    """Each declared dependency is imported somewhere, and nothing else is; the runtime has its own."""
    extras = project["optional-dependencies"]
    optional = [line for name, lines in extras.items() if name not in {"dev", "services"} for line in lines]
    declared = {canonicalize_name(Requirement(line).name) for line in [*project["dependencies"], *optional]}
    found = third_party()
    assert [owners for owners in found if not owners & declared] == []
    assert declared <= set().union(*found)


def test_pre_commit_pins_the_tools_of_the_dev_extra(project: dict[str, Any]) -> None:
    """A hook and ``make lint`` never disagree: both run one version."""
    hooks = yaml.safe_load((ROOT / ".pre-commit-config.yaml").read_text())["repos"][0]["hooks"]
    pinned = {pin for hook in hooks for pin in hook.get("additional_dependencies", [])}
    assert pinned
    assert pinned <= set(project["optional-dependencies"]["dev"])


def test_requires_python_states_the_oldest_version_classified(project: dict[str, Any]) -> None:
    """The lower bound, the classifiers and ruff's target speak of the same oldest Python."""
    versions = re.findall(r"Python :: 3\.(\d+)", "\n".join(project["classifiers"]))
    assert project["requires-python"] == f">=3.{min(map(int, versions))}"


def test_changelog_fragments_have_a_known_kind() -> None:
    """Each fragment is named ``+topic.kind.md`` and says something."""
    fragments = [path for path in (ROOT / "changelog.d").iterdir() if path.name != "README.md"]
    wrong = [
        path.name for path in fragments if not FRAGMENT.fullmatch(path.name) or not path.read_text().strip()
    ]
    assert wrong == []


@pytest.mark.parametrize("require_all", [False, True])
def test_what_cannot_be_had_skips_by_day_and_fails_in_ci(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, require_all: bool
) -> None:
    """A missing program is a skip with its name, and a failure under ``SSOT_REQUIRE_ALL=1``."""
    monkeypatch.setenv("SSOT_REQUIRE_ALL", str(int(require_all)))
    shutil.copy(ROOT / "tests" / "conftest.py", tmp_path)
    (tmp_path / "test_it.py").write_text("def test_it(needs): needs('no-such-program')\n")
    command = [sys.executable, "-m", "pytest", "-rsf", "-p", "no:cacheprovider", str(tmp_path)]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, check=False)
    assert done.returncode == int(require_all)
    assert "cannot be had here: no-such-program" in done.stdout


def test_contributing_names_targets_that_exist() -> None:
    """Each ``make`` command of the contributor's page is a target, and the page stays short."""
    text = (ROOT / "CONTRIBUTING.md").read_text()
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(), re.MULTILINE))
    assert set(re.findall(r"`make ([a-z-]+)", text)) <= targets
    assert len(text.splitlines()) <= 120


@pytest.mark.heavy
def test_wheel_holds_the_package_and_nothing_else(distributions: Path) -> None:
    """The wheel has every file of the package, ``py.typed`` and vendored sources included."""
    (wheel,) = distributions.glob("*.whl")
    with zipfile.ZipFile(wheel) as archive:
        files = {name for name in archive.namelist() if ".dist-info/" not in name}
    assert files == packaged()
    assert "ssot_migrate/py.typed" in files


@pytest.mark.heavy
def test_sdist_holds_package_and_tests(distributions: Path) -> None:
    """The sdist has the package and its tests, under one folder."""
    (sdist,) = distributions.glob("*.tar.gz")
    with tarfile.open(sdist) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    assert packaged() | {"pyproject.toml", "LICENSE", "tests/conftest.py"} <= names


@pytest.mark.heavy
@pytest.mark.parametrize("pattern", ["*.whl", "*.tar.gz"])
def test_distribution_installs_clean(distributions: Path, tmp_path: Path, pattern: str) -> None:
    """A fresh environment with the distribution alone runs the command and agrees on the version."""
    (distribution,) = distributions.glob(pattern)
    run(sys.executable, "-m", "venv", str(tmp_path / "venv"))
    programs = tmp_path / "venv" / ("Scripts" if os.name == "nt" else "bin")
    run(str(programs / "python"), "-m", "pip", "install", "--quiet", str(distribution), cwd=tmp_path)
    run(str(programs / "python"), "-m", "pip", "check", cwd=tmp_path)
    assert ssot_migrate.__version__ in run(str(programs / "ssot-migrate"), "--version", cwd=tmp_path)
