"""Imports that must stay although their name is not used any more: loading the module does something."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping

from ssot_migrate.index.project import folders_above
from ssot_migrate.index.repository import Repository


def needed_for_effect(
    repo: Repository, path: str, names: Collection[str], added: Iterable[str]
) -> Mapping[str, str]:
    """Of ``names``, whose imports the file ``path`` would lose, those that must stay, each with the reason.

    A module of the repository may patch what others use, register or set something up while it is
    loaded. Its import may go if all that it loads only defines, or is loaded all the same: by other
    imports of the file, by the modules ``added``, by packages and a ``conftest.py`` around it.
    """
    scan, folder, meanings = repo.scans[path], path.rpartition("/")[0], repo.imports.meanings
    lost = [fact for fact in scan.imports if fact.name in names]
    going = {fact.name: meanings.of_name(fact.dotted, folder).loaded for fact in lost}
    if not any(going.values()):
        return {}
    kept = (meaning for fact, meaning in meanings.of(path, scan) if fact.name not in names)
    others = (module for meaning in kept for module in meaning.loaded)
    around = (f"{above}/{name}" for above in folders_above(path) for name in ("__init__.py", "conftest.py"))
    standing = (each for each in map(_at_root, around) if each in repo.scans)
    new = (module for dotted in added for module in meanings.of_name(dotted, folder).loaded)
    staying = _loaded(repo, (*others, *standing, *new))
    found: dict[str, str] = {}
    for name, modules in going.items():
        for module in sorted(_loaded(repo, modules) - staying - {path}):
            if reason := _effect(repo, module):
                found[name] = reason
                break
    return found


def _at_root(path: str) -> str:
    return path.removeprefix("/")


def _loaded(repo: Repository, modules: Iterable[str]) -> set[str]:
    direct = set(modules)
    return direct.union(*(repo.imports.behind(module) for module in direct))


def _effect(repo: Repository, path: str) -> str:
    """What loading the file does, or that nobody knows; empty if it only defines, as the runtime does."""
    folder = path.rpartition("/")[0]
    known = (target for target in repo.targets.values() if target.vendored or target.claims)
    if any(folder == target.path.rpartition("/")[0] for target in known):
        return ""
    scan = repo.scans.get(path)
    if scan is None or scan.problems:
        return f"{path} is loaded by it, and nobody knows what that does"
    does = "does" if scan.parsed else "may do"
    return f"{path} {does} more than define when it is loaded, see {scan.effect}" if scan.effect else ""
