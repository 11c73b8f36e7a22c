"""What the names of a repository's files tell of them, before one is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ssot_migrate.engine.inventory import kind_by_name
from ssot_migrate.engine.services import Excludes
from ssot_migrate.engine.store import Notes
from ssot_migrate.model import FileKind
from ssot_migrate.plans.check import path_fault
from ssot_migrate.settings import DEFAULT_EXCLUDES, Settings


class Names(NamedTuple):
    """What each path is read as (None: it is not), and, by number, why some of them cannot be planned."""

    kinds: list[FileKind | None]
    faults: dict[int, str]


def names_of(paths: Sequence[str], settings: Settings, notes: Notes) -> Names:
    """What the names of ``paths`` tell, and the settings' excludes."""
    patterns = [*DEFAULT_EXCLUDES, *settings.exclude]

    def find() -> Names:
        excluded = Excludes(patterns)
        found = ((path, kind_by_name(path)) for path in paths)
        kinds = [kind if kind and path not in excluded else None for path, kind in found]
        known = ((number, path_fault(path)) for number, path in enumerate(paths) if kinds[number])
        return Names(kinds, {number: fault for number, fault in known if fault})

    asked = "\0".join((*patterns, "", *paths)).encode("utf-8", "surrogateescape")
    return notes.remembered("names", asked, Names, find)
