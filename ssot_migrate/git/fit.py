"""Whether a plan's files are, in a given commit, what the plan saw."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ssot_migrate.git.repository import Entry
from ssot_migrate.plans.model import FilePlan
from ssot_migrate.plans.outcome import StaleFile


def misfits(tree: Iterable[Entry], files: Iterable[FilePlan]) -> Iterator[StaleFile]:
    """The ``files`` that ``tree`` (all entries of a commit) has not as planned, each with a reason."""
    known = {entry.path: entry for entry in tree}
    folders = {folder for path in known for folder in folders_of(path)}
    for file in files:
        if reason := _misfit(file, known, folders):
            yield StaleFile(file.path, reason)


def _misfit(file: FilePlan, known: dict[str, Entry], folders: set[str]) -> str:
    entry = known.get(file.path)
    if entry:
        if not file.before:
            return "is there already, but the plan would create it"
        if (entry.oid, entry.mode) != (file.before, file.mode):
            return "is not what the plan saw"
        blocked = file.moved and (file.moved in known or _is_blocked(file.moved, known, folders))
        return f"cannot move to {file.moved}: something else stands there" if blocked else ""
    if file.before:
        return "is not there"
    blocked = _is_blocked(file.path, known, folders)
    return "would replace a folder, or lies under a file, link or submodule" if blocked else ""


def _is_blocked(path: str, known: dict[str, Entry], folders: set[str]) -> bool:
    return path in folders or any(folder in known for folder in folders_of(path))


def folders_of(path: str) -> Iterator[str]:
    """The folders that ``path`` lies in, innermost first, the repository's top left out."""
    while path := path.rpartition("/")[0]:
        yield path
