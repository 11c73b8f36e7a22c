"""What the names of a repository's files tell of them, before one is read."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ssot_migrate.engine.inventory import is_bare, kind_by_name
from ssot_migrate.engine.services import Excludes
from ssot_migrate.engine.store import Notes
from ssot_migrate.model import FileKind
from ssot_migrate.plans.check import path_fault
from ssot_migrate.settings import DEFAULT_EXCLUDES, Settings


class Names(NamedTuple):
    """What each path is read as (None: it is not), and, by number, why some of them cannot be planned.

    ``bare`` are the numbers of those whose names tell nothing, and that no pattern excludes.
    """

    kinds: list[FileKind | None]
    faults: dict[int, str]
    bare: tuple[int, ...]


def names_of(paths: Sequence[str], settings: Settings, notes: Notes) -> Names:
    """What the names of ``paths`` tell, and the settings' excludes."""
    patterns = [*DEFAULT_EXCLUDES, *settings.exclude]

    def find() -> Names:
        excluded = Excludes(patterns)
        found = ((path, kind_by_name(path)) for path in paths)
        kinds = [kind if kind and path not in excluded else None for path, kind in found]
        known = ((number, path_fault(path)) for number, path in enumerate(paths) if kinds[number])
        bare = (number for number, path in enumerate(paths) if not kinds[number] and is_bare(path))
        return Names(
            kinds,
            {number: fault for number, fault in known if fault},
            tuple(number for number in bare if paths[number] not in excluded),
        )

    asked = "\0".join((*patterns, "", *paths)).encode("utf-8", "surrogateescape")
    return notes.remembered("names", asked, Names, find)
