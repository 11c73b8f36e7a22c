"""From a repository and its settings to what an analysis works on."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

import msgspec

from ssot_migrate.engine.inventory import Item, kind_by_first_line
from ssot_migrate.engine.project import CONFIGURATION, read_project
from ssot_migrate.engine.services import CODEOWNERS, Services
from ssot_migrate.engine.store import NO_NOTES, Notes
from ssot_migrate.engine.targets import find_targets, sources_of
from ssot_migrate.errors import UsageError
from ssot_migrate.findings import Problem
from ssot_migrate.git.repository import Entry, Repository
from ssot_migrate.index.project import Project
from ssot_migrate.index.targets import Target
from ssot_migrate.model import FileKind, Role
from ssot_migrate.plans.check import path_fault
from ssot_migrate.profile import Profile
from ssot_migrate.runtime.catalog import known_hashes, runtime_files
from ssot_migrate.settings import Settings
from ssot_migrate.workflow.configured import base_of
from ssot_migrate.workflow.names import names_of


class Inventory(NamedTuple):
    """The files of the base that rules read, the service of each, and the names that no plan can hold."""

    base: str
    items: tuple[Item, ...]
    services: Mapping[str, str]
    problems: tuple[Problem, ...]

    def owned(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """``problems`` with the service of the file that each is about."""
        return tuple(
            msgspec.structs.replace(each, service=self.services.get(each.path, "")) for each in problems
        )


def take_inventory(
    repo: Repository,
    settings: Settings,
    revision: str = "",
    staged: bool = False,
    base: str = "",
    notes: Notes = NO_NOTES,
) -> Inventory:
    """The files of a commit (by default HEAD's) or of the index that any rule reads.

    Those that the working tree has differently carry their bytes. ``base`` is the commit, where it is known;
    ``notes`` may say which names are read.
    """
    base = base or base_of(repo, revision, staged)
    entries = repo.entries(None if staged else base)
    names = names_of([entry.path for entry in entries], settings, notes)
    faults = {entries[number].path: fault for number, fault in names.faults.items()}
    scripts = _scripts(repo, [entries[number] for number in names.bare], notes)
    faults |= {path: fault for path in scripts if (fault := path_fault(path))}
    kinds = (
        (entry, kind or scripts.get(entry.path)) for entry, kind in zip(entries, names.kinds, strict=True)
    )
    read = ((entry, kind) for entry, kind in kinds if kind)
    items = [Item(e.path, e.oid, e.mode, kind) for e, kind in read if e.path not in faults]
    changed = _elsewhere(repo, items, "" if staged or revision else base)
    fetched = {item.path: item for item in with_blobs(repo, [i for i in items if i.path in changed])}
    owners = Services(settings.services, _codeowners(repo, entries), (item.path for item in items))
    return Inventory(
        base,
        tuple(fetched.get(item.path, item) for item in items),
        owners.assign(item.path for item in items),
        tuple(
            Problem(_printable(path), "name", fault, service=owners.of(path))
            for path, fault in faults.items()
        ),
    )


def _scripts(repo: Repository, bare: Sequence[Entry], notes: Notes) -> dict[str, FileKind]:
    """By path, what those of ``bare`` are read as that are executable: their first lines tell."""
    found = [entry for entry in bare if entry.mode == "100755"]
    if not found:
        return {}

    def find() -> dict[str, FileKind]:
        blobs = repo.read_blobs(entry.oid for entry in found)
        read = ((entry.path, kind_by_first_line(data)) for entry, (_, data) in zip(found, blobs, strict=True))
        return {path: kind for path, kind in read if kind}

    asked = msgspec.msgpack.encode([(entry.path, entry.oid) for entry in found])
    return notes.remembered("scripts", asked, dict[str, FileKind], find)


def _elsewhere(repo: Repository, items: Sequence[Item], head: str) -> set[str]:
    """Paths whose bytes in the working tree are not those of ``items``: HEAD's, if ``head`` is that."""
    if not repo.work_tree:
        return {item.path for item in items}
    touched = repo.touched_paths()
    if head:
        return touched | repo.staged_paths(head)
    there = {entry.path: entry.oid for entry in repo.entries()}
    return touched | {item.path for item in items if there.get(item.path) != item.oid}


def with_blobs(repo: Repository, items: Sequence[Item]) -> list[Item]:
    """``items`` with the bytes that git has of them."""
    blobs = repo.read_blobs(item.oid for item in items) if items else iter(())
    return [item._replace(data=data) for item, (_, data) in zip(items, blobs, strict=True)]


def find_project(
    repo: Repository, inventory: Inventory, settings: Settings, notes: Notes = NO_NOTES
) -> Project:
    """What the repository's own configuration says; ``notes`` may have it."""
    wanted = [item for item in inventory.items if item.path.rpartition("/")[2] in CONFIGURATION]
    asked = msgspec.msgpack.encode([(item.path, item.oid) for item in wanted])

    def find() -> Project:
        return read_project({item.path: item.data or b"" for item in with_blobs(repo, wanted)}, settings)

    return notes.remembered("project", asked, Project, find)


def targets_of(repo: Repository, inventory: Inventory, profile: Profile, notes: Notes) -> dict[Role, Target]:
    """The profile's targets, in the repository or in the runtime that a plan can bring."""
    sources = sources_of(profile)
    by_path = {item.path: item for item in inventory.items if item.path in sources}
    read_from = sorted((item.path, item.oid) for item in by_path.values())
    asked = msgspec.msgpack.encode((profile.vendored, list(profile.roles.items()), read_from))

    def read(path: str) -> bytes | None:
        item = by_path.get(path)
        return with_blobs(repo, [item])[0].data if item else None

    def find() -> dict[Role, Target]:
        runtime = runtime_files() if profile.vendored else {}
        return find_targets(profile, read, runtime, frozenset(known_hashes().values()))

    return notes.remembered("targets", asked, dict[Role, Target], find)


def check_services(wanted: Sequence[str], known: Iterable[str]) -> None:
    """Refuse a service that owns no file.

    Raises:
        UsageError: names it, and those that there are.
    """
    names = set(known)
    for service in wanted:
        if service not in names:
            raise UsageError(f"no service {service!r}", hint=f"services: {', '.join(sorted(names))}")


def codeowners_at(repo: Repository, commit: str) -> str:
    """The text of CODEOWNERS in ``commit``; empty if there is none."""
    return _codeowners(repo, repo.entries(commit))


def _codeowners(repo: Repository, entries: Iterable[Entry]) -> str:
    found = {entry.path: entry.oid for entry in entries}
    for path in CODEOWNERS:
        if path in found:
            ((_, data),) = repo.read_blobs([found[path]])
            return data.decode("utf-8", "replace")
    return ""


def _printable(path: str) -> str:
    return path.encode("utf-8", "surrogateescape").decode("utf-8", "backslashreplace")
