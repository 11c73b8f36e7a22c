"""What the repository's own configuration says, as far as rules must know it."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_migrate.index.pytest_settings import PytestSettings
from ssot_migrate.model import Frozen


class Term(Frozen, frozen=True):
    """Who answers for a deprecated alias, and its ISO dates."""

    owner: str
    since: str
    until: str


class Days(Frozen, frozen=True):
    """ISO dates: the ``day`` of the commit looked at, and ``until`` when an alias made on it may stay."""

    day: str = ""
    until: str = ""


class Project(Frozen, frozen=True):
    """Facts by folder (repository-relative, ``""`` for the root) and who answers for new aliases.

    ``installable`` folders build a distribution, whose packages begin in ``package_roots``;
    those ``compiled`` may have modules that are no Python files.
    ``elsewhere``: the settings that run tests from a folder outside of the repository.
    ``found_packages``: setuptools looks for those of the root, and refuses to build if it finds several.
    ``python`` is the minor version of the oldest Python that one supports. ``owner`` may be
    empty: the service answers then. ``runners`` are git-ignore patterns of the team's own test runners.
    """

    owner: str = ""
    installable: frozenset[str] = frozenset()
    package_roots: frozenset[str] = frozenset()
    compiled: frozenset[str] = frozenset()
    found_packages: bool = False
    elsewhere: dict[str, str] = {}
    pytest: dict[str, PytestSettings] = {}
    python: dict[str, int] = {}
    runners: tuple[str, ...] = ()

    def is_runner(self, path: str) -> bool:
        """Whether the settings name this script as a test runner."""
        if not self.runners:
            return False
        from ssot_migrate.globs import globs

        return globs(self.runners).match_file(path)

    def python_of(self, path: str) -> int | None:
        """The oldest Python 3.x, as x, that the nearest project above supports; None if it does not say."""
        return next((self.python[folder] for folder in folders_above(path) if folder in self.python), None)

    def package_of(self, path: str) -> str | None:
        """The nearest installable folder above ``path``; None if there is none."""
        return next((folder for folder in folders_above(path) if folder in self.installable), None)

    def pytest_of(self, path: str) -> dict[str, PytestSettings]:
        """The settings under which pytest may run this file, by folder, nearest first."""
        found = {folder: self.pytest[folder] for folder in folders_above(path) if folder in self.pytest}
        return found or {"": PytestSettings()}


def folders_above(path: str) -> Iterator[str]:
    """The folders that ``path`` lies in, nearest first, the root as ``""`` last."""
    while path:
        path = path.rpartition("/")[0]
        yield path
