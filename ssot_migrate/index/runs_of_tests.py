"""Why a run of a test may leave the repository's root off the import path."""

from __future__ import annotations

from ssot_migrate.index.import_root import imports_from_root
from ssot_migrate.index.own_runs import program_above, run_from_elsewhere
from ssot_migrate.index.project import folders_above
from ssot_migrate.index.repository import Repository
from ssot_migrate.index.tests_by_name import TEST_FOLDERS, is_test_module


def unseen_by_pytest(repo: Repository, path: str, root: str) -> str:
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


def run_otherwise(repo: Repository, path: str, root: str) -> str:
    """Why a test may run where pytest's root is not on the import path; empty if nothing tells so."""
    package = repo.project.package_of(path)
    if package is not None and (told := run_from_elsewhere(repo, path, root, TEST_FOLDERS)):
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
