"""What the sources of a commit say by themselves: which files moved, which tests have less than before."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ssot_migrate.git.history import changes, renames
from ssot_migrate.git.repository import Repository
from ssot_migrate.verify.model import Difference
from ssot_migrate.verify.static import compare_counts, counts


def moved_files(repo: Repository, base: str, commit: str) -> dict[str, str]:
    """The new path of each Python file that ``commit`` has, to the byte, at another one."""
    renamed = renames(repo, base, commit)
    found = {old: new for old, new in renamed.items() if old.endswith(".py") and new.endswith(".py")}
    before = repo.read_files(base, found) if found else {}
    after = repo.read_files(commit, found.values()) if found else {}
    return {old: new for old, new in found.items() if before[old][0] == after[new][0]}


def static(repo: Repository, base: str, commit: str, places: Mapping[str, str]) -> Iterator[Difference]:
    """What the sources of changed test files have less of than on the base."""
    changed = [path for path in changes(repo, base, commit) if path.endswith(".py")]
    before = repo.read_files(base, changed)
    after = repo.read_files(commit, changed)
    for path in sorted(before):
        now = after.get(places.get(path, path), (b"", ""))[0]
        had, has = counts(path, before[path][0]), counts(path, now)
        if had is not None and has is not None:
            yield from compare_counts(had, has)
