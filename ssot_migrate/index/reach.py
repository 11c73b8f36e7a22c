"""Whether a file, wherever it runs, will find a target's module: asked by every rule that adds an import."""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ssot_migrate.index.own_runs import program_above, run_from_elsewhere
from ssot_migrate.index.project import folders_above
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.shipped import loaded_by_packages
from ssot_migrate.index.targets import Target
from ssot_migrate.languages.python import module_name
from ssot_migrate.model import Role

# ``test`` is a package of Python's own that this list leaves out.
_PYTHONS = sys.stdlib_module_names | {"test"}
_TEST_FOLDERS = frozenset({"test", "tests"})
_LOADED_BEFORE = ("conftest.py", "__init__.py")


class _Loaded(NamedTuple):
    """A module that an import loads: its dotted name, its file, and what ``Target`` says that it runs."""

    module: str
    path: str
    runs: str


def importable(repo: Repository, target: Target, path: str) -> str:
    """Why the file ``path`` may be unable to import ``target``; empty if it can beyond doubt.

    Targets are imported from the repository's root. Tests find it, since pytest puts the
    folder of the root ``conftest.py`` on the import path.
    """
    return _unreachable(repo, target.name, _needed(repo, target), path)


@lru_cache(maxsize=64)
def _unreachable(repo: Repository, name: str, needed: tuple[_Loaded, ...], path: str) -> str:
    """Asked for each site of a file, and the same for most of them."""
    return (
        _shadowed(repo, needed, path)
        or _out_of_reach(repo, path)
        or _circular(repo, needed, path)
        or _runs_more(repo, name, needed, path)
    )


@lru_cache(maxsize=4096)
def is_test_code(path: str) -> bool:
    """Whether pytest loads this file by its name, or it lies below a folder of tests."""
    return is_test_module(path) or not _TEST_FOLDERS.isdisjoint(path.split("/")[:-1])


def is_test_module(path: str) -> bool:
    """Whether pytest loads this file by its name, so that nothing else should import it."""
    name = path.rpartition("/")[2]
    if name == "conftest.py" or name.endswith("_test.py"):
        return True
    return name.startswith("test_") and name.endswith(".py")


def is_conftest(path: str) -> bool:
    """Whether pytest loads this file by its name, for all tests below its folder."""
    return path.rpartition("/")[2] == "conftest.py"


def serves_tests(repo: Repository, path: str, role: Role) -> bool:
    """Whether a file is test code, or lies in the test framework that the profile names for ``role``."""
    target = repo.target(role)
    framework = f"{target.module.partition('.')[0]}/" if target else ""
    return is_test_code(path) or bool(framework and path.startswith(framework))


def stands_behind(repo: Repository, target: Target, path: str) -> bool:
    """Whether a file is the target's own, or one that is loaded because the target is."""
    return path == target.path or path in repo.imports.behind(target.path)


def is_own(repo: Repository, dotted: str, path: str) -> bool:
    """Whether ``dotted``, seen from the file ``path``, is of a package that lies in this repository."""
    top = dotted.partition(".")[0]
    found = repo.modules.find(top, path.rpartition("/")[0]) is not None
    return found or repo.modules.is_package(top) or repo.modules.is_package(f"src.{top}")


def spelling(repo: Repository, giver: str, path: str) -> str:
    """The dotted name by which the file ``path`` can import the file ``giver``; empty if none is certain."""
    full, root, folder = module_name(giver), repo.modules.import_root(path), path.rpartition("/")[0]
    module = Target(full, "", giver, exists=True, vendored=False)
    if all(_loaded_from_root(repo, each) for each in (giver, path)) and not importable(repo, module, path):
        return full
    own = module_name(giver.removeprefix(f"{root}/") if root else giver)
    used = {dotted for user, dotted in repo.imports.spellings.get(giver, ())}
    certain = used == {own} or (not used and folder != root and repo.modules.import_root(giver) == root)
    return own if certain and repo.modules.find(own, folder) == giver else ""


def _loaded_from_root(repo: Repository, path: str) -> bool:
    at_root = repo.modules.import_root(path) == ""
    return at_root or imports_from_root(repo, path) or _imported_from_root(repo, path)


def is_found_before(repo: Repository, path: str, module: str) -> bool:
    """Whether the root is on the import path already where the file ``path`` comes to import ``module``."""
    root, top = repo.modules.import_root(path), module.partition(".")[0]
    proof = _is_given_by(repo, module) and _root_alone_gives(repo, top) and not _found_nearer(repo, root, top)
    return proof or not _out_of_reach(repo, path, by_imports=False)


@lru_cache(maxsize=256)
def _out_of_reach(repo: Repository, path: str, *, by_imports: bool = True) -> str:
    test = is_test_code(path) and not _is_library(repo, path)
    package = repo.project.package_of(path)
    if package is not None and not test:
        return f"{package or 'the repository'} is installed as a package that does not hold the runtime"
    if taker := _path_taker(repo, path):
        return f"{taker} takes folders off the import path while it is loaded, and the root may be one"
    if by_imports and imports_from_root(repo, path):
        return ""
    scan = repo.scans.get(path)
    if scan and scan.script and "/" in path:
        return "may be started by its path, and none of its imports shows that the root is found then"
    if _imported_from_root(repo, path) and _root_alone_gives(repo, path.partition("/")[0]):
        return ""
    if starter := _starter(repo, path):
        return f"{starter} loads it and may be started by its path, and nothing shows that it finds the root"
    root = repo.modules.import_root(path)
    if test or not root:
        return (_unseen_by_pytest(repo, path, root) or _run_otherwise(repo, path, root)) if test else ""
    return f"runs with {root} on the import path, and nothing shows that the repository's root is too"


def _starter(repo: Repository, path: str) -> str:
    """Which program that does not find the root by what it imports loads this file; empty if none does."""
    for user in sorted(repo.imports.before(path)):
        links = repo.scans.links_of(user)
        if not links or not links.script or "/" not in user or any(fact.relative for fact in links.imports):
            continue
        if not imports_from_root(repo, user):
            return user
    return ""


def _path_taker(repo: Repository, path: str) -> str:
    """Which file among those that are loaded before ``path`` takes folders off ``sys.path``, or it itself."""
    if not repo.path_takers:
        return ""
    above = (f"{folder}/{name}".lstrip("/") for folder in folders_above(path) for name in _LOADED_BEFORE)
    return next((each for each in (path, *above) if each in repo.path_takers), "")


def _is_library(repo: Repository, path: str) -> bool:
    """Whether others import this file, whatever its name; below a folder of tests, those that are no tests.

    What a conftest gives away, it gives to tests.
    """
    if _TEST_FOLDERS.isdisjoint(path.split("/")):
        return path in repo.imports.taken and not is_conftest(path)
    own = repo.project.package_of(path)
    others = any(repo.project.package_of(user) != own for user, _ in repo.imports.spellings.get(path, ()))
    return others or (own is not None and path in loaded_by_packages(repo))


def _unseen_by_pytest(repo: Repository, path: str, root: str) -> str:
    """Why a run under the nearest pytest settings may leave the repository's root off the import path."""
    folder, settings = next(iter(repo.project.pytest_of(path).items()))
    if "" in settings.roots:
        return ""
    if settings.importlib:
        return f"the pytest settings of {folder or 'the root'} keep the repository's root off the import path"
    if root and settings.no_conftest:
        return f"the pytest settings of {folder or 'the root'} load no conftest, which would bring the root"
    if root and folder:
        return f"{folder} has its own pytest settings, and from there the root's conftest is not loaded"
    if root in repo.project.package_roots - {""} and not _runs_pytest(repo, path, root):
        return (
            f"runs with {root} on the import path, and nothing shows that pytest adds the repository's root"
        )
    return ""


def _run_otherwise(repo: Repository, path: str, root: str) -> str:
    """Why a test may run where pytest's root is not on the import path; empty if nothing tells so."""
    package = repo.project.package_of(path)
    if package is not None and (told := run_from_elsewhere(repo, path, root, _TEST_FOLDERS)):
        return told
    program = "" if _runs_pytest(repo, path, root) else program_above(repo, path)
    if not program or is_test_module(program) or imports_from_root(repo, program):
        return ""
    return f"{program} loads tests itself, and nothing shows that it finds the root, or that pytest runs them"


def _runs_pytest(repo: Repository, path: str, root: str) -> bool:
    """Whether settings, a conftest below the repository's root or an import tell of pytest."""
    conftests = (f"{folder}/conftest.py" for folder in folders_above(path) if folder)
    told = bool(repo.project.pytest) or any(conftest in repo.scans for conftest in conftests)
    return told or root in repo.pytest_roots


def imports_from_root(repo: Repository, path: str) -> bool:
    """Whether the file imports, in any case, what only the root on the import path can give it.

    An import of the runner is no evidence: it stands where tests are started, below what finds the root.
    """
    scan, root, runner = repo.scans.get(path), repo.modules.import_root(path), repo.target(Role.RUNNER)
    facts = [fact for fact in scan.imports if fact.certain] if scan else []
    if scan and (layout := scan.layout):
        plain = {dotted for each in layout.imports if each.top for _, dotted in each.names}
        facts = [fact for fact in facts if fact.dotted in plain]
    names = {fact.dotted for fact in facts if not fact.relative}
    names -= {f"{runner.module}.{runner.name}"} if runner else set()
    tops = {dotted.partition(".")[0] for dotted in names if _is_given_by(repo, dotted)}
    if not root and "/" in path and any(fact.relative for fact in facts):
        tops.add(path.partition("/")[0])  # only as part of its package can it be loaded
    return any(_root_alone_gives(repo, top) and not _found_nearer(repo, root, top) for top in tops)


def _root_alone_gives(repo: Repository, top: str) -> bool:
    """Whether a module of the root cannot have been installed from there as well."""
    return "" not in repo.project.installable or top in _TEST_FOLDERS


def _is_given_by(repo: Repository, dotted: str) -> bool:
    """Whether the root holds the module that ``dotted`` is, or is taken from."""
    return any(
        _stands_in(repo, "", name.replace(".", "/")) for name in (dotted, dotted.rpartition(".")[0]) if name
    )


def _imported_from_root(repo: Repository, path: str) -> bool:
    """Whether other files import this one by its name from the root, and by no other absolute name."""
    return {dotted for _, dotted in repo.imports.spellings.get(path, ())} == {module_name(path)}


def _shadowed(repo: Repository, needed: Sequence[_Loaded], path: str) -> str:
    root = repo.modules.import_root(path)
    for top in sorted({found.module.partition(".")[0] for found in needed}):
        if nearer := _found_nearer(repo, root, top):
            return f"{nearer}{top} may be imported in the place of {top}"
        if top in _PYTHONS and f"{top}/__init__.py" not in repo.modules.paths:
            return f"Python has a {top} of its own, which is imported in the place of the folder"
    return ""


def _found_nearer(repo: Repository, root: str, top: str) -> str:
    """The folder, other than the repository's root, from which ``import top`` may be served."""
    return next((prefix for prefix in _prefixes(repo, root) if _stands_in(repo, prefix, top)), "")


def _prefixes(repo: Repository, root: str) -> Iterator[str]:
    return (prefix for prefix in repo.modules.roots(root) if prefix)


def _stands_in(repo: Repository, prefix: str, top: str) -> bool:
    if top.partition("/")[0] in sys.stdlib_module_names:
        return False
    return f"{prefix}{top}" in repo.modules.folders or f"{prefix}{top}.py" in repo.modules.paths


def _circular(repo: Repository, needed: Sequence[_Loaded], path: str) -> str:
    for start in (start for found in needed for start in (found.path, found.runs)):
        if path in repo.imports.behind(start):
            return f"{start} imports this file, so that the new import would go round in a circle"
    return ""


def _runs_more(repo: Repository, name: str, needed: Sequence[_Loaded], path: str) -> str:
    """Which package file the import would run that neither this file nor a conftest above it loads yet."""
    loaders = [path, *(f"{folder}/conftest.py".lstrip("/") for folder in folders_above(path))]
    for runs in (found.runs for found in needed if found.runs):
        inside = path.startswith(runs.removesuffix("__init__.py"))
        if not inside and _loading(repo, runs).isdisjoint(loaders):
            return f"importing {name} runs {runs}, which imports much else"
    return ""


@lru_cache(maxsize=4)
def _loading(repo: Repository, runs: str) -> frozenset[str]:
    """Every file that, while it is loaded, loads ``runs``: few files are asked for, by very many."""
    return repo.imports.before(runs)


def _needed(repo: Repository, target: Target) -> tuple[_Loaded, ...]:
    """The target and what it imports in turn: what the plan brings stands on the environment's module."""
    environment = repo.target(Role.ENVIRONMENT) if target.vendored else None
    found = (target, environment) if environment else (target,)
    return tuple(_Loaded(each.module, each.path, each.runs) for each in found)
