"""Where a command runs, settled by what it names: a path that stands in one folder only."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache
from typing import NamedTuple

from ssot_migrate.index.repository import Repository
from ssot_migrate.transforms.direct_runner.arguments import Argument
from ssot_migrate.transforms.direct_runner.execution import Execution
from ssot_migrate.transforms.direct_runner.flags import takes_next
from ssot_migrate.transforms.direct_runner.folders import walked

_GLOB = re.compile(r"[^/]*[*?\[].*")


class Settled(NamedTuple):
    """The folder, or why it is not known."""

    folder: str
    reason: str = ""


def settled(found: Execution, repo: Repository) -> Settled:
    """The working directory of a command."""
    paths = list(named_paths(found.arguments))
    custom = found.folder.by_custom and paths and not _all_stand(repo, found.folder.path, paths)
    if found.folder.sure and not custom:
        return Settled(found.folder.path)
    fitting = [folder for folder in _homes(repo, paths) if _all_stand(repo, folder, paths)]
    if len(fitting) == 1 and not found.folder.outside:
        return Settled(fitting[0])
    if len(fitting) > 1:
        places = " and ".join(folder or "the root" for folder in fitting[:2])
        return Settled("", f"{paths[0]} stands in {places}: which is meant is not known")
    if paths and not fitting:
        return Settled("", f"{paths[0]} is not in the repository")
    return Settled("", found.folder.unknown or "nothing says in which folder this runs")


def _homes(repo: Repository, paths: Sequence[str]) -> list[str]:
    """Folders below which the first of ``paths`` stands."""
    if not paths or (first := walked("", paths[0])) is None:
        return []
    named = _by_name(repo).get(first.rpartition("/")[2], ())
    tails = (path.removesuffix(first) for path in named if path.endswith(first))
    return sorted({tail.rstrip("/") for tail in tails if not tail or tail.endswith("/")})


@lru_cache(maxsize=1)
def _by_name(repo: Repository) -> dict[str, list[str]]:
    """Files and folders by the last part of their paths."""
    found: dict[str, list[str]] = {}
    for path in (*repo.modules.paths, *repo.modules.folders):
        found.setdefault(path.rpartition("/")[2], []).append(path)
    return found


def named_paths(arguments: Sequence[Argument]) -> Iterator[str]:
    """Arguments that are paths by their looks, node ids and globs cut off."""
    value = False
    for argument in arguments:
        text = argument.text.partition("::")[0]
        if argument.whole and not value and re.match(r"[\w.]", text):
            if "/" in text or text.endswith(".py"):
                yield _GLOB.sub("", text)
        elif argument.many and "/" in text and not text.startswith("-"):
            yield text[: text.rindex("/") + 1]
        value = takes_next(argument)


def _all_stand(repo: Repository, folder: str, paths: Sequence[str]) -> bool:
    places = [walked(folder, path) for path in paths]
    return all(place is not None and _stands(repo, place) for place in places)


def _stands(repo: Repository, place: str) -> bool:
    return not place or place in repo.modules.paths or place in repo.modules.folders or place in repo.scans
