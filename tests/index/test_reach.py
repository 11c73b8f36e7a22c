"""Whether a file finds the runtime's modules where it runs."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import msgspec
import pytest

from ssot_migrate.index.project import Project
from ssot_migrate.index.pytest_settings import PytestSettings, parse_pytest
from ssot_migrate.index.reach import importable, is_own, spelling
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.scan import FileScan, ImportFact
from ssot_migrate.index.targets import Target, imports_more
from ssot_migrate.index.tests_by_name import is_test_code
from ssot_migrate.model import Role

MODULE = "test_framework.ssot.base_test_case"
PATH = "test_framework/ssot/base_test_case.py"
TARGET = Target(MODULE, "SSotBaseTestCase", PATH, exists=True, vendored=True)


def repository(*paths: str, **imports: str) -> Repository:
    """Files at ``paths``; ``imports`` gives for the first path local names and dotted objects."""
    facts = tuple(ImportFact(name, dotted) for name, dotted in imports.items())
    scans = [FileScan(path, "", imports=facts if path == paths[0] else ()) for path in paths]
    return Repository(scans, {Role.BASE_CASE: TARGET})


@pytest.mark.parametrize("path", ["conftest.py", "a/test_b.py", "b_test.py", "svc/tests/b.py", "test/x.py"])
def test_test_code_is_known_by_name_or_folder(path: str) -> None:
    """What pytest collects, and all that lies below a folder of tests, is test code."""
    assert is_test_code(path)


@pytest.mark.parametrize("path", ["app.py", "contest.py", "svc/testing.py", "latest/x.py"])
def test_other_code_is_not(path: str) -> None:
    """A name that only resembles a test's is no test code."""
    assert not is_test_code(path)


def test_tests_reach_the_root_from_anywhere() -> None:
    """A test without packages around it finds the root by the root's conftest."""
    assert importable(repository("svc/tests/test_a.py"), TARGET, "svc/tests/test_a.py") == ""


def test_code_of_a_package_at_the_root_reaches_it() -> None:
    """A package that is itself imported from the root finds what lies beside it."""
    assert importable(repository("svc/app.py", "svc/__init__.py"), TARGET, "svc/app.py") == ""


def test_code_with_its_own_import_root_may_not() -> None:
    """A service that runs from its own folder is not known to have the root on its path."""
    assert "svc on the import path" in importable(repository("svc/app.py"), TARGET, "svc/app.py")


def test_a_program_among_tests_may_be_started_by_its_path() -> None:
    """A helper below ``tests`` that is a script is run by tests as a file."""
    repo = Repository([FileScan("tests/data/run_me.py", "", script=True)], {Role.BASE_CASE: TARGET})
    assert "started by its path" in importable(repo, TARGET, "tests/data/run_me.py")


@pytest.mark.parametrize("path", ["scripts/run_one_test.py", "scripts/test_one.py", "tests/a_test.py"])
def test_a_test_that_starts_itself_may_be_started_by_its_path(path: str) -> None:
    """``python tests/a_test.py`` finds what lies beside the file, and the root only by luck."""
    repo = Repository([FileScan(path, "", script=True)], {Role.BASE_CASE: TARGET})
    assert "started by its path" in importable(repo, TARGET, path)


def test_an_import_that_only_the_root_serves_is_proof() -> None:
    """A file that imports another top-level package already has the root on its path."""
    repo = repository("svc/app.py", "common/ids.py", ids="common.ids")
    assert importable(repo, TARGET, "svc/app.py") == ""


def test_an_import_that_the_service_serves_is_no_proof() -> None:
    """A name found in the service's own folder says nothing about the root."""
    repo = repository("svc/app.py", "common/ids.py", "svc/common/ids.py", ids="common.ids")
    assert importable(repo, TARGET, "svc/app.py") != ""


def test_a_folder_called_as_a_module_of_python_cannot_be_imported() -> None:
    """``test`` without ``__init__.py`` is Python's own package; with one it is the repository's."""
    target = Target("test.help", "make", "test/help.py", exists=True, vendored=False)
    files = ("test/test_a.py", "test/help.py")
    assert "a test of its own" in importable(repository(*files), target, files[0])
    assert importable(repository(*files, "test/__init__.py"), target, files[0]) == ""


def test_being_imported_from_the_root_is_proof() -> None:
    """A file that others import by its name from the root, and by no other, is loaded from there."""
    repo = repository("svc/main.py", "common/ids.py", "svc/ids.py", ids="common.ids.new", own="svc.ids")
    assert importable(repo, TARGET, "common/ids.py") == ""
    assert importable(repo, TARGET, "svc/ids.py") == ""
    assert importable(repository("svc/main.py", "svc/ids.py", own="ids"), TARGET, "svc/ids.py") != ""


@pytest.mark.parametrize(("installable", "held"), [((), False), (("",), True)])
def test_being_imported_by_an_installed_name_is_no_proof(installable: tuple[str, ...], *, held: bool) -> None:
    """A package of the root may have been installed: who imports it by name need not see the root."""
    path, facts = "pkg/tests/help.py", (ImportFact("value", "pkg.tests.help.value"),)
    scans = [FileScan("pkg/tests/test_a.py", "", imports=facts), FileScan(path, "")]
    settings = {"": PytestSettings(importlib=True)}
    project = Project(installable=frozenset(installable), pytest=settings)
    repo = Repository(scans, {Role.BASE_CASE: TARGET}, project=project)
    assert ("off the import path" in importable(repo, TARGET, path)) is held


def test_a_relative_import_is_no_proof() -> None:
    """Where a package begins cannot be told from the dots of its own imports."""
    fact = ImportFact("ids", "svc.ids", relative=True)
    scans = [FileScan("svc/main.py", "", imports=(fact,)), FileScan("svc/ids.py", "")]
    repo = Repository(scans, {Role.BASE_CASE: TARGET})
    assert importable(repo, TARGET, "svc/main.py") != ""
    assert importable(repo, TARGET, "svc/ids.py") != ""


@pytest.mark.parametrize(
    ("files", "name"),
    [
        (("svc/__init__.py", "svc/b.py", "svc/a.py"), "svc.a"),
        (("svc/main.py", "svc/b.py", "svc/a.py"), ""),
        (("svc/pkg/__init__.py", "svc/pkg/b.py", "svc/pkg/a.py"), "pkg.a"),
    ],
)
def test_a_file_is_named_as_its_neighbours_can_import_it(files: tuple[str, ...], name: str) -> None:
    """A module's dotted name begins where its packages begin; without packages it is not certain."""
    assert spelling(repository(*files), files[2], files[1]) == name


def test_a_file_is_named_as_others_name_it() -> None:
    """How other files import two neighbours tells from which folder they are loaded."""
    paths = ("svc/main.py", "svc/a.py", "svc/b.py")
    assert spelling(repository(*paths, a="svc.a.A", b="svc.b.B"), "svc/a.py", "svc/b.py") == "svc.a"
    assert spelling(repository(*paths, a="a.A", b="b.B"), "svc/a.py", "svc/b.py") == "a"


def test_an_installed_package_does_not_bring_the_runtime() -> None:
    """Code that is installed elsewhere would not find the repository; its tests run here and do."""
    repo = configured("lib/pkg/a.py", "lib/pkg/__init__.py", "lib/tests/test_a.py", installable=["lib"])
    assert importable(repo, TARGET, "lib/pkg/a.py").startswith("lib is installed")
    assert importable(repo, TARGET, "lib/tests/test_a.py") == ""


def test_a_module_that_others_import_is_a_library_whatever_its_name() -> None:
    """``pkg/test_tools.py``, which other files import, is installed with the package."""
    files = ("tests/test_a.py", "pkg/__init__.py", "pkg/test_tools.py", "pkg/test_own.py", "pkg/conftest.py")
    scans = [FileScan(path, "") for path in files[1:]]
    taken = (ImportFact("tools", "pkg.test_tools"), ImportFact("give", "pkg.conftest.give"))
    user = FileScan(files[0], "", imports=taken)
    project = Project(installable=frozenset({""}))
    repo = Repository([user, *scans], {Role.BASE_CASE: TARGET}, project=project)
    assert "is installed" in importable(repo, TARGET, "pkg/test_tools.py")
    assert importable(repo, TARGET, "pkg/test_own.py") == ""
    assert importable(repo, TARGET, "pkg/conftest.py") == ""


def test_helpers_of_tests_that_another_package_imports_are_a_library() -> None:
    """``lib/pkg/tests/tools.py`` is installed with ``lib`` wherever the tests of ``more`` need it."""
    shared, own = "lib/pkg/tests/tools.py", "lib/pkg/tests/own.py"
    user = FileScan(
        "more/tests/test_a.py", "", imports=(ImportFact("tools", "pkg.tests.tools"), ImportFact("m", "more"))
    )
    facts = (ImportFact("own", "pkg.tests.own"), ImportFact("pytest", "pytest"))
    near = FileScan("lib/pkg/tests/test_b.py", "", imports=facts)
    inits = ("lib/pkg/__init__.py", "lib/pkg/tests/__init__.py")
    scans = [FileScan(path, "") for path in (shared, own, *inits)]
    folders = frozenset({"lib", "more"})
    project = Project(installable=folders, package_roots=folders)
    repo = Repository([user, near, *scans], {Role.BASE_CASE: TARGET}, project=project)
    assert importable(repo, TARGET, shared).startswith("lib is installed")
    assert importable(repo, TARGET, own) == ""


@pytest.mark.parametrize(("fact", "held"), [("unittest", True), ("pytest", False)])
def test_tests_that_are_installed_are_known_to_be_run_by_pytest(fact: str, *, held: bool) -> None:
    """What runs ``lib.pkg.tests`` from elsewhere, as trial may, loads no conftest of the repository."""
    path = "lib/pkg/tests/test_a.py"
    files = ("lib/pkg/__init__.py", "lib/pkg/tests/__init__.py")
    scans = [FileScan(path, "", imports=(ImportFact(fact, fact),)), *(FileScan(each, "") for each in files)]
    project = Project(installable=frozenset({"lib"}), package_roots=frozenset({"lib"}))
    repo = Repository(scans, {Role.BASE_CASE: TARGET}, project=project)
    assert ("nothing shows that pytest" in importable(repo, TARGET, path)) is held


def test_a_nearer_folder_of_the_same_name_shadows_the_target() -> None:
    """Where the import path holds another ``test_framework`` first, the target is not sure to be found."""
    repo = repository("svc/tests/test_a.py", "svc/test_framework/x.py")
    assert importable(repo, TARGET, "svc/tests/test_a.py").startswith("svc/test_framework may be imported")


def test_the_target_must_not_import_the_file() -> None:
    """An import that would close a circle is named."""
    target = Target("shared.env", "get_env", "shared/env.py", exists=True, vendored=False)
    scans = [
        FileScan("shared/env.py", "", imports=(ImportFact("log", "common.log"),)),
        FileScan("common/log.py", "", imports=(ImportFact("base", "common.base.base"),)),
        FileScan("common/base.py", ""),
        FileScan("common/__init__.py", ""),
    ]
    repo = Repository(scans, {Role.ENVIRONMENT: target})
    assert "circle" in importable(repo, target, "common/base.py")
    assert importable(repo, target, "common/other_test.py") == ""


def configured(
    *paths: str, installable: Sequence[str] = (), settings: Mapping[str, PytestSettings] | None = None
) -> Repository:
    """Files at ``paths`` in a repository with ``installable`` folders and pytest ``settings`` by folder."""
    project = Project(installable=frozenset(installable), pytest=dict(settings or {}))
    return Repository([FileScan(path, "") for path in paths], {Role.BASE_CASE: TARGET}, project=project)


def test_a_service_with_its_own_pytest_settings_does_not_load_the_roots_conftest() -> None:
    """Run from its folder, a service's test finds the root only if its packages begin there."""
    settings = {"": PytestSettings(), "svc": PytestSettings()}
    alone = configured("svc/tests/test_a.py", settings=settings)
    assert importable(alone, TARGET, "svc/tests/test_a.py").startswith("svc has its own pytest settings")
    inside = configured("svc/tests/test_a.py", "svc/tests/__init__.py", "svc/__init__.py", settings=settings)
    assert importable(inside, TARGET, "svc/tests/test_a.py") == ""
    told = configured("svc/tests/test_a.py", settings={"svc": PytestSettings(roots=("",))})
    assert importable(told, TARGET, "svc/tests/test_a.py") == ""


def test_importlib_mode_puts_nothing_on_the_import_path() -> None:
    """With ``--import-mode=importlib`` only ``pythonpath`` brings the root."""
    repo = configured("tests/test_a.py", settings={"": PytestSettings(importlib=True)})
    assert "off the import path" in importable(repo, TARGET, "tests/test_a.py")
    told = configured("tests/test_a.py", settings={"": PytestSettings(importlib=True, roots=("",))})
    assert importable(told, TARGET, "tests/test_a.py") == ""


def test_a_package_that_loads_much_else_is_no_safe_import() -> None:
    """Where the import runs a package file that pulls in more, only a file that loads it already is safe."""
    heavy = msgspec.structs.replace(TARGET, runs="test_framework/__init__.py")
    loads = (ImportFact("helpers", "test_framework.helpers"),)
    scans = [
        FileScan("test_framework/__init__.py", ""),
        FileScan("test_framework/helpers.py", ""),
        FileScan("svc/tests/test_a.py", ""),
        FileScan("svc/tests/test_b.py", "", imports=loads),
        FileScan("web/tests/conftest.py", "", imports=loads),
        FileScan("web/tests/unit/test_c.py", ""),
    ]
    repo = Repository(scans, {Role.BASE_CASE: heavy})
    assert "runs test_framework/__init__.py" in importable(repo, heavy, "svc/tests/test_a.py")
    assert importable(repo, heavy, "svc/tests/test_b.py") == ""
    assert importable(repo, heavy, "web/tests/unit/test_c.py") == ""
    assert importable(repo, heavy, "test_framework/helpers.py") == ""


@pytest.mark.parametrize(
    ("source", "more"),
    [
        (b"", False),
        (b"import os, json\nfrom typing import Any\n", False),
        (b"from .helpers import x\n", True),
        (b"try:\n    import requests\nexcept ImportError:\n    pass\n", True),
        (b"def later():\n    import requests\n", False),
        (b"broken(", True),
    ],
)
def test_what_a_package_file_loads_is_read_from_it(source: bytes, more: bool) -> None:
    """Imports of the standard library are harmless, those inside functions do not run, any other counts."""
    assert imports_more(source) is more


def test_a_relative_import_of_a_package_at_the_root_is_proof() -> None:
    """A file that imports by dots at its top can only be loaded as part of its package."""
    fact = ImportFact("ids", "svc.ids", relative=True)
    paths = ("svc/__init__.py", "svc/ids.py")
    scans = [FileScan("svc/main.py", "", imports=(fact,), script=True), *(FileScan(p, "") for p in paths)]
    repo = Repository(scans, {Role.BASE_CASE: TARGET})
    assert importable(repo, TARGET, "svc/main.py") == ""


@pytest.mark.parametrize(
    ("taker", "held"),
    [("tests/conftest.py", True), ("tests/__init__.py", True), ("tests/a/conftest.py", False)],
)
def test_who_takes_folders_off_the_path_may_take_the_root(taker: str, *, held: bool) -> None:
    """What is loaded before a file decides, whatever that file itself imports from the root."""
    facts = (ImportFact("help", "tests.help"),)
    scans = [FileScan("tests/test_a.py", "", imports=facts), FileScan("tests/help.py", "")]
    repo = Repository([*scans, FileScan(taker, "", takes_path=True)], {Role.BASE_CASE: TARGET})
    assert ("takes folders off" in importable(repo, TARGET, "tests/test_a.py")) is held


@pytest.mark.parametrize(("spelt", "held"), [("help.base", True), ("tests.help.base", False)])
def test_what_a_program_loads_from_beside_it_may_miss_the_root(spelt: str, *, held: bool) -> None:
    """``python tests/test_a.py`` finds its helper in the same folder, and nothing of the root."""
    facts = (ImportFact("base", spelt),)
    program = FileScan("tests/test_a.py", "", imports=facts, script=True)
    repo = Repository([program, FileScan("tests/help.py", "")], {Role.BASE_CASE: TARGET})
    assert ("test_a.py loads it" in importable(repo, TARGET, "tests/help.py")) is held


@pytest.mark.parametrize(("package", "held"), [((), True), (("tests/__init__.py",), False)])
def test_without_a_conftest_only_packages_bring_the_root(package: tuple[str, ...], *, held: bool) -> None:
    """``--noconftest`` leaves out the root's conftest; the package of tests begins at the root itself."""
    settings = parse_pytest("pytest.ini", b"[pytest]\naddopts = --noconftest\n", "")
    project = Project(pytest={"": settings} if settings else {})
    scans = [FileScan(path, "") for path in ("tests/test_a.py", *package)]
    repo = Repository(scans, {Role.BASE_CASE: TARGET}, project=project)
    assert ("load no conftest" in importable(repo, TARGET, "tests/test_a.py")) is held


@pytest.mark.parametrize(
    ("file", "own"),
    [("src/acme/sdk/api.py", True), ("acme/sdk/api.py", True), ("src/other/api.py", False)],
)
def test_a_namespace_below_src_is_the_projects_own(file: str, *, own: bool) -> None:
    """As one at the root is: imports of the runtime stand beside its own, as sorters want it."""
    assert is_own(repository("tests/test_a.py", file), "acme.sdk.api", "tests/test_a.py") is own
