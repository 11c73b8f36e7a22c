"""Which file an absolute import means, found through the repository's layout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence, Set
from functools import cached_property

from ssot_migrate.languages.python import module_name

# Loaded before any code of a repository, so that no file of the same name takes their place.
_NEVER_SHADOWED = frozenset({"os", "sys", "unittest"})


class Modules:
    """The Python files of a repository as importable modules."""

    def __init__(self, paths: Iterable[str], installed: Set[str] = frozenset()) -> None:
        """Index repository-relative POSIX paths ending in ``.py``.

        ``installed`` are the folders in which the packages of the repository's distributions begin.
        """
        self.paths: Set[str] = frozenset(paths)
        self.installed = installed
        self.folders: Set[str] = frozenset(_folders(self.paths))
        self._holders = _holders((*self.paths, *self.folders))
        self._found: dict[tuple[str, str], str | None] = {}
        self._roots: dict[str, tuple[str, ...]] = {}

    def find(self, dotted: str, folder: str) -> str | None:
        """The file that ``import dotted`` loads, seen from a file in ``folder``; None if outside.

        The folder in which the importing file's packages begin comes first, then the
        repository's root, then every folder between and their ``src``: the places that
        pytest, a service's own start or an editable install put on the path. Last comes a
        distribution of the same repository, if no other has a module of that name.
        """
        key = (dotted, folder)
        if key not in self._found:  # a dictionary of ours goes along to a spawned process
            self._found[key] = self._find(dotted, folder)
        return self._found[key]

    def may_hold(self, dotted: str) -> bool:
        """Whether ``import dotted`` may load a file of the repository, in some folder."""
        top = dotted.partition(".")[0]
        return top in self._holders and top not in _NEVER_SHADOWED

    def holding(self, top: str, folder: str) -> Sequence[str]:
        """Those of ``roots`` that hold a module or folder of this name, all that ``find`` looks in."""
        holders = self._holders.get(top, ())
        return tuple([root for root in self.roots(folder) if root in holders])

    def _find(self, dotted: str, folder: str) -> str | None:
        if not self.may_hold(dotted) or dotted.rpartition(".")[2] not in self._holders:
            return None
        relative = dotted.replace(".", "/")
        for root in self.holding(dotted.partition(".")[0], folder):
            for candidate in (f"{root}{relative}.py", f"{root}{relative}/__init__.py"):
                if candidate in self.paths:
                    return candidate
        found = [path for path in self.anywhere(dotted) if self.import_root(path) in self.installed]
        return found[0] if len(found) == 1 else None

    def anywhere(self, dotted: str) -> Sequence[str]:
        """The files that ``import dotted`` may load, whichever folders of the repository are on the path."""
        return self._by_module.get(dotted, ())

    def roots(self, folder: str) -> Sequence[str]:
        """Folders that may be on the import path of a file in ``folder``, as prefixes."""
        if folder not in self._roots:
            self._roots[folder] = tuple(self._roots_of(folder))
        return self._roots[folder]

    def _roots_of(self, folder: str) -> Iterator[str]:
        yield self._own_root(folder)
        yield ""
        parts = folder.split("/") if folder else []
        for depth in range(len(parts), -1, -1):
            prefix = "".join(f"{part}/" for part in parts[:depth])
            if depth:
                yield prefix
            if f"{prefix}src" in self.folders:
                yield f"{prefix}src/"

    def _own_root(self, folder: str) -> str:
        root = self.import_root(f"{folder}/")
        return f"{root}/" if root else ""

    def import_root(self, path: str) -> str:
        """The folder from which this file's own package is imported: the first without ``__init__``."""
        folder = path.rpartition("/")[0]
        while folder and f"{folder}/__init__.py" in self.paths:
            folder = folder.rpartition("/")[0]
        return folder

    @cached_property
    def _by_module(self) -> Mapping[str, list[str]]:
        found: dict[str, list[str]] = {}
        for path in sorted(self.paths):
            root = self.import_root(path)
            found.setdefault(module_name(path.removeprefix(f"{root}/")), []).append(path)
        return found

    @cached_property
    def by_name(self) -> Mapping[str, list[str]]:
        """Paths by the last part of each."""
        found: dict[str, list[str]] = {}
        for path in sorted(self.paths):
            found.setdefault(path.rpartition("/")[2], []).append(path)
        return found

    def is_package(self, dotted: str) -> bool:
        """Whether ``dotted`` is a folder of the repository (a namespace package counts)."""
        return dotted.replace(".", "/") in self.folders


def _holders(paths: Iterable[str]) -> Mapping[str, Set[str]]:
    """By the name of a module or folder, the folders that hold one of that name, as prefixes."""
    found: dict[str, set[str]] = {}
    for path in paths:
        above, slash, name = path.rpartition("/")
        found.setdefault(name.removesuffix(".py"), set()).add(above + slash)
    return found


def _folders(paths: Iterable[str]) -> Iterator[str]:
    seen = {""}
    yield "."
    for path in paths:
        while (path := path.rpartition("/")[0]) not in seen:
            seen.add(path)
            yield path
