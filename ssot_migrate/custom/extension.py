"""Rules in Python, by a package that the settings name in ``extend``: its code runs, so somebody must agree.

The settings belong to the repository, and nothing that a repository holds may run here. So a package is
imported only if the command line (``--trust``) or ``SSOT_MIGRATE_TRUST`` names it, too, and never from
the repository itself.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from importlib.util import find_spec
from pathlib import Path

from ssot_migrate.errors import Refused, UsageError


def permit(packages: Iterable[str], trusted: Collection[str], root: Path) -> None:
    """Refuse packages that nobody trusts, or that stand in the repository at ``root``; none is imported.

    Raises:
        Refused: names the first of them, and how to trust it.
        UsageError: it is not installed.
    """
    for name in packages:
        if name not in trusted:
            hint = f"if you trust that package: --trust {name}"
            raise Refused(f"the settings extend the rules by {name}, whose code would run here", hint=hint)
        for folder in _folders(name):
            if folder == root.resolve() or root.resolve() in folder.parents:
                hint = "install it from elsewhere: nothing that a scanned repository holds is run"
                raise Refused(f"{name} stands in the repository itself", hint=hint)


def stamp(packages: Iterable[str]) -> str:
    """What tells one state of the packages from another: their files' names, sizes and times."""
    files = (path for name in packages for folder in _folders(name) for path in sorted(folder.rglob("*.py")))
    return "\0".join(f"{path} {path.stat().st_size} {path.stat().st_mtime_ns}" for path in files)


def _folders(name: str) -> Iterator[Path]:
    spec = find_spec(name) if name.isidentifier() else None
    if spec is None or not spec.submodule_search_locations:
        raise UsageError(f"there is no package {name} installed", hint="`extend` names importable packages")
    return (Path(location).resolve() for location in spec.submodule_search_locations)
