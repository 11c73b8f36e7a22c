"""What the imports of files mean in a repository: found once for all files of a folder."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import NamedTuple

from ssot_migrate.index.modules import Modules
from ssot_migrate.index.project import folders_above
from ssot_migrate.index.scan import ImportFact, Links


class Meaning(NamedTuple):
    """What an import of a dotted name means to all files of a folder.

    ``spelled`` are the files that it names, and how: the whole name before what it is taken from.
    ``loaded`` are the files that it loads.
    """

    spelled: tuple[tuple[str, str], ...]
    loaded: tuple[str, ...]


_NOTHING_HERE = Meaning((), ())


class Meanings:
    """The meanings of imported names by folder."""

    def __init__(self, modules: Modules) -> None:
        """Nothing is found before it is asked for."""
        self.modules = modules
        self._folders: dict[str, _Folder] = {}
        self._found: dict[tuple[str, Sequence[str]], Mapping[str, str]] = {}

    def of(self, path: str, scan: Links) -> Iterable[tuple[ImportFact, Meaning]]:
        """The imports of a file with their meanings, each found once for a folder."""
        known = self._in(path.rpartition("/")[0])
        return [(fact, known[fact.dotted]) for fact in scan.imports]

    def of_name(self, dotted: str, folder: str) -> Meaning:
        """What an import of ``dotted`` means to the files of ``folder``."""
        return self._in(folder)[dotted]

    def _in(self, folder: str) -> _Folder:
        known = self._folders.get(folder)
        if known is None:
            known = self._folders[folder] = _Folder(self, folder)
        return known

    def files(self, dotted: str, folder: str, roots: Sequence[str]) -> Mapping[str, str]:
        """The files that ``dotted`` and the names before it mean, by name, the shortest first.

        They are the same for all folders from which the same ``roots`` hold its first part.
        """
        missing: list[str] = []
        while dotted and (dotted, roots) not in self._found:
            missing.append(dotted)
            dotted = dotted.rpartition(".")[0]
        found = self._found[dotted, roots] if dotted else {}
        for name in reversed(missing):
            if file := self.modules.find(name, folder):
                found = {**found, name: file}
            self._found[name, roots] = found
        return found


class _Folder(dict[str, Meaning]):
    """The meanings of names to the files of one folder, each found when it is first asked for."""

    def __init__(self, meanings: Meanings, folder: str) -> None:
        super().__init__()
        self.meanings, self.folder = meanings, folder
        self.roots: dict[str, Sequence[str] | None] = {}
        # Packages that the folder lies in are being loaded already when its files are.
        self.around = {f"{above}/__init__.py".lstrip("/") for above in folders_above(f"{folder}/")}

    def __missing__(self, dotted: str) -> Meaning:
        meaning = self[dotted] = self._found(dotted)
        return meaning

    def _found(self, dotted: str) -> Meaning:
        modules, top = self.meanings.modules, dotted.partition(".")[0]
        if top not in self.roots:
            self.roots[top] = modules.holding(top, self.folder) if modules.may_hold(top) else None
        roots = self.roots[top]
        found = self.meanings.files(dotted, self.folder, roots) if roots is not None else {}
        if not found:
            return _NOTHING_HERE
        loaded = tuple(found.values())
        if not self.around.isdisjoint(loaded):
            loaded = tuple([file for file in loaded if file not in self.around])
        last = (dotted, dotted.rpartition(".")[0])
        return Meaning(tuple([(found[name], name) for name in last if name in found]), loaded)
