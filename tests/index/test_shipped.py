"""What goes into a distribution, or keeps it from being built."""

from __future__ import annotations

import pytest

from ssot_migrate.edits import Edit
from ssot_migrate.index.project import Project
from ssot_migrate.index.reach import importable
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.scan import FileScan, ImportFact
from ssot_migrate.index.shipped import spoiled_build
from ssot_migrate.index.targets import Target
from ssot_migrate.model import Change, ImportRequest, Role

TARGET = Target("shared.environment", "get_env", "shared/environment.py", exists=True, vendored=True)


def repository(project: Project, **imports: str) -> Repository:
    """Files with what each imports, their paths spelt with ``__`` for a slash."""
    scans = [
        FileScan(f"{path.replace('__', '/')}.py", "", imports=(ImportFact("x", dotted),) if dotted else ())
        for path, dotted in imports.items()
    ]
    packages = [FileScan(f"{folder}/__init__.py", "") for folder in ("acme", "acme/tests")]
    return Repository([*scans, *packages], {Role.ENVIRONMENT: TARGET}, project=project)


@pytest.mark.parametrize(
    ("user", "held"),
    [("acme__app", True), ("acme__tests__test_a", False), ("run_tests", False)],
)
def test_what_a_package_loads_of_its_tests_is_no_test_code(user: str, *, held: bool) -> None:
    """An installed package loads its helper of tests where no root of a repository is; tests do not."""
    project = Project(installable=frozenset({""}))
    files = {user: "acme.tests.base.f", "acme__tests__base": "acme.tests.deep.f", "acme__tests__deep": ""}
    repo = repository(project, **files)
    for path in ("acme/tests/base.py", "acme/tests/deep.py"):
        assert ("installed as a package" in importable(repo, TARGET, path)) is held


@pytest.mark.parametrize(
    ("found", "edit", "need", "spoiled"),
    [
        (True, "get_env()", TARGET.module, True),
        (True, f"python {TARGET.path}", "", True),
        (True, "acme.app", "acme.app", False),
        (False, "get_env()", TARGET.module, False),
    ],
)
def test_a_second_package_beside_the_one_that_setuptools_finds(
    found: bool, edit: str, need: str, *, spoiled: bool
) -> None:
    """What brings the runtime along waits until the packages have been named."""
    repo = repository(Project(found_packages=found), acme__app="")
    needs = (ImportRequest(need, "get_env"),) if need else ()
    assert ("refuse to build" in spoiled_build(repo, Change((Edit(0, 1, edit),), needs=needs))) is spoiled


def test_a_folder_called_src_is_where_setuptools_looks() -> None:
    """Nothing that lies beside it is taken for a package."""
    repo = repository(Project(found_packages=True), src__acme__app="")
    assert spoiled_build(repo, Change((Edit(0, 1, TARGET.module),))) == ""
