"""Through which files an imported name comes: re-exports, aliases, stars and both sides of a ``try``."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from ssot_migrate.index.repository import Repository
from ssot_migrate.index.scan import ImportFact

Chain = tuple[str, ...]
_DEEPEST = 12


def chains(repo: Repository, dotted: str, path: str) -> tuple[Chain, ...]:
    """The ways by which ``dotted``, imported in the file ``path``, is come by: files, nearest first.

    The last file defines the name, as far as imports tell. Several ways mean that the name may be
    one of several things. None if no file of the repository is meant.
    """
    return _from(repo, dotted, path.rpartition("/")[0])


@lru_cache(maxsize=1024)
def _from(repo: Repository, dotted: str, folder: str) -> tuple[Chain, ...]:
    """The same for all files of a folder, which import much the same."""
    return tuple(dict.fromkeys(_follow(repo, dotted, folder, frozenset(), _DEEPEST)))


def _follow(repo: Repository, dotted: str, folder: str, seen: frozenset[str], depth: int) -> Iterator[Chain]:
    parts = dotted.removesuffix(".*").split(".")
    for cut in range(len(parts), 0, -1):
        module = repo.modules.find(".".join(parts[:cut]), folder)
        if module and module not in seen and depth:
            yield from _inside(repo, module, parts[cut:], seen | {module}, depth)
            return


def _inside(
    repo: Repository, module: str, rest: list[str], seen: frozenset[str], depth: int
) -> Iterator[Chain]:
    """Ways on from ``module``, which is asked for ``rest``."""
    given = _given(repo, module, rest[0]) if rest else []
    onward = [
        (module, *way)
        for fact in given
        for way in _follow(repo, _dotted(fact, rest), module.rpartition("/")[0], seen, depth - 1)
    ]
    own = not given or any(not fact.certain and fact.name != "*" for fact in given)
    yield from onward or [(module,)]
    if onward and own and _defines(repo, module, rest[0]):
        yield (module,)


def _dotted(fact: ImportFact, rest: list[str]) -> str:
    return ".".join([fact.dotted.removesuffix(".*"), *(rest if fact.name == "*" else rest[1:])])


def _given(repo: Repository, module: str, name: str) -> list[ImportFact]:
    """What the imports and aliases of a module say of a name; its stars where nothing else does."""
    scan = repo.scans.links_of(module)
    facts = [fact for fact in (*scan.imports, *scan.aliases) if fact.name == name] if scan else []
    if facts or scan is None or _defines(repo, module, name):
        return facts
    return [fact for fact in scan.imports if fact.name == "*" and _gives(repo, fact, module, name)]


def _gives(repo: Repository, star: ImportFact, path: str, name: str) -> bool:
    giver = repo.modules.find(star.dotted.removesuffix(".*"), path.rpartition("/")[0])
    scan = repo.scans.links_of(giver) if giver else None
    return scan is None or scan.gives(name)


def _defines(repo: Repository, module: str, name: str) -> bool:
    return repo.classes.get(module, name) is not None
