"""Python files among tests that no test may load: data that a test reads, or programs of their own."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import lru_cache

from ssot_migrate.index.project import folders_above
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.tests_by_name import is_test_code, is_test_module

_UNLOADED = "no test loads a file of this folder, as far as imports tell: it may be data that a test reads"
_RELOCATED = "names it by its path: it may be data, or run where the repository's root is not importable"
_PLUGIN = (
    "no file imports it, and its folder is no part of the package of tests around it: it may be a plugin"
)


def may_be_data(repo: Repository, path: str) -> str:
    """Why a Python file among tests may be loaded by none of them; empty if nothing tells so.

    Such a file may be data that a test reads, or a program of its own: no file shows that tests load
    one of its folder, or a file names it by its path. A helper that is imported in functions only
    stands beside tests, or beside others that are imported at the top.
    """
    if not path.endswith(".py") or not is_test_code(path) or repo.scans[path].script:
        return ""
    folder = path.rpartition("/")[0]
    if folder not in _folders_of_tests(repo) and folder not in _used_folders(repo):
        return _UNLOADED
    if is_test_module(path) or path.endswith("/__init__.py"):
        return ""
    if folder not in _used_folders(repo) and not _is_whole(repo, folder) and not _is_imported(repo, path):
        return _PLUGIN
    namer = _namer(repo, path)
    return f"{namer} {_RELOCATED}" if namer else ""


def _is_whole(repo: Repository, folder: str) -> bool:
    """Whether a folder is a package, or lies in none."""
    inside = (f"{above}/__init__.py" in repo.modules.paths for above in folders_above(folder) if above)
    return f"{folder}/__init__.py" in repo.modules.paths or not any(inside)


def prepare(repo: Repository) -> None:
    """Look at all that is asked for of the tests as a whole."""
    _ = _naming(repo), _folders_of_tests(repo), _used_folders(repo)


def _namer(repo: Repository, path: str) -> str:
    """Who else names a file by the end of its path; the bare name counts for what nobody imports."""
    whole = f"/{path}"
    for user, named in _naming(repo).get(path.rpartition("/")[2], ()):
        certain = "/" in named or not _is_imported(repo, path)
        if user != path and certain and whole.endswith(f"/{named}"):
            return user
    return ""


def _is_imported(repo: Repository, path: str) -> bool:
    return bool(repo.imports.importers.get(path) or repo.imports.spellings.get(path))


@lru_cache(maxsize=1)
def _naming(repo: Repository) -> Mapping[str, tuple[tuple[str, str], ...]]:
    """By the bare name of a file, which test code names it, and how."""

    def find() -> dict[str, list[tuple[str, str]]]:
        found: dict[str, list[tuple[str, str]]] = {}
        for path, scan in repo.scans.packed.items():
            for named in scan.names_files():
                found.setdefault(named.rpartition("/")[2], []).append((path, named))
        return found

    return repo.tables.get("named files", dict[str, tuple[tuple[str, str], ...]], find)


@lru_cache(maxsize=1)
def _folders_of_tests(repo: Repository) -> frozenset[str]:
    """The folders with a file that pytest loads by its name, unless its settings keep it out of them."""

    def find() -> set[str]:
        found = {path.rpartition("/")[0]: path for path in repo.modules.paths if is_test_module(path)}
        return {folder for folder, path in found.items() if not _is_left_out(repo, folder, path)}

    return repo.tables.get("folders of tests", frozenset[str], find)


def _is_left_out(repo: Repository, folder: str, path: str) -> bool:
    if not any(settings.norecursedirs for settings in repo.project.pytest.values()):
        return False
    return next(iter(repo.project.pytest_of(path).values())).keeps_out_of(folder)


@lru_cache(maxsize=1)
def _used_folders(repo: Repository) -> frozenset[str]:
    """The folders with a file that a file elsewhere imports, one that pytest may load."""

    def find() -> Iterator[str]:
        for path, users in repo.imports.importers.items():
            folder = path.rpartition("/")[0]
            others = ((user.rpartition("/")[0], user) for user in users)
            if any(at != folder and not _is_left_out(repo, at, user) for at, user in others):
                yield folder

    return repo.tables.get("used folders", frozenset[str], lambda: set(find()))
