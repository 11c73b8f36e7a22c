"""Which services a repository has, which of them are libraries, and what its test framework is."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from functools import lru_cache

from ssot_migrate.index.repository import Repository
from ssot_migrate.index.tests_by_name import is_test_code


class Boundaries:
    """The services that have code and tests, the test framework, and who uses whom."""

    def __init__(self, repo: Repository) -> None:
        """Look at the files and imports of ``repo`` once."""
        self.repo = repo
        tops = {target.module.partition(".")[0] for target in repo.targets.values()}
        self.frameworks = frozenset(f"{t}/" for t in tops if "test" in t and not is_test_code(f"{t}/"))
        found = repo.tables.get("boundaries", tuple[frozenset[str], dict[str, frozenset[str]]], self._find)
        self.services, users = found
        self.users: Mapping[str, frozenset[str]] = defaultdict(frozenset, users)

    def _find(self) -> tuple[set[str], dict[str, set[str]]]:
        """The services and, of each, those whose application code imports application code of it."""
        repo = self.repo
        code = {repo.service(path) for path in repo.modules.paths if self.is_code(path)}
        tests = {repo.service(path) for path in repo.modules.paths if self.is_test(path)}
        runtime = {repo.service(target.path) for target in repo.targets.values()}
        return (code & tests) - runtime - {""}, self._users()

    def is_framework(self, path: str) -> bool:
        """Whether a file is of the shared test framework."""
        return any(path.startswith(folder) for folder in self.frameworks)

    def is_test(self, path: str) -> bool:
        """Whether a file is test code of whoever owns it."""
        return is_test_code(path) and not self.is_framework(path)

    def is_code(self, path: str) -> bool:
        """Whether a file is application code."""
        return not is_test_code(path) and not self.is_framework(path) and "/" in path

    def is_library(self, service: str, user: str) -> bool:
        """Whether the code of ``service`` is there for others: for ``user`` itself, or for two of them."""
        users = self.users[service]
        return user in users or len(users & self.services) > 1

    def _users(self) -> dict[str, set[str]]:
        users: dict[str, set[str]] = defaultdict(set)
        for path in self.repo.scans:
            if self.is_code(path):
                for giver in self.repo.imports.direct(path):
                    used, user = self.repo.service(giver), self.repo.service(path)
                    if used != user and self.is_code(giver):
                        users[used].add(user)
        return users


@lru_cache(maxsize=1)
def boundaries_of(repo: Repository) -> Boundaries:
    """The boundaries of ``repo``, looked at once."""
    return Boundaries(repo)
