"""Under which names a file is loaded, as far as imports, packaging and pytest show.

A name is a *root* (the folder on the import path) and the rest of the path. What shows one file of
a package to be loaded from a root shows it of all that lie in the package, since they load each other.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from functools import cached_property

from ssot_migrate.index.imports import ImportGraph
from ssot_migrate.index.modules import Modules
from ssot_migrate.index.project import Project, folders_above

Shown = Mapping[tuple[str, str], str]
"""By root and first folder below it: how it is known, in words."""


class Loading:
    """What is known of the names under which the files of a repository are loaded."""

    def __init__(self, imports: ImportGraph, modules: Modules, project: Project) -> None:
        """Nothing is followed before it is asked for."""
        self.imports, self.modules, self.project = imports, modules, project

    def prepare(self) -> None:
        """Look at all that shows how files are loaded."""
        _ = self.shown

    @cached_property
    def shown(self) -> tuple[Shown, ...]:
        """All that shows how files are loaded, the strongest first."""
        return self.imports.tables.get("loading", tuple[dict[tuple[str, str], str], ...], self._find)

    def _find(self) -> tuple[Shown, ...]:
        return self._by_pytest(), self._by_packaging(), self._by_import(), self._by_import_elsewhere()

    def roots(self, path: str) -> dict[str, str]:
        """The roots from which ``path`` is loaded, each with what shows it."""
        found: dict[str, str] = {}
        for evidence in self.shown:
            for key in _keys(path):
                if key in evidence:
                    found.setdefault(key[0], evidence[key])
        return found

    def is_known(self, path: str, root: str) -> bool:
        """Whether more than imports shows that ``path`` is loaded from ``root``: pytest or packaging.

        What lies below a folder without ``__init__`` must be imported by such a name too: it may be data.
        """
        by_pytest, by_packaging, *_ = self.shown
        shown = any(key in by_pytest or key in by_packaging for key in _keys(path) if key[0] == root)
        unbroken = self.modules.import_root(path) == root
        return shown and (unbroken or (root, path.rpartition("/")[0]) in self._named)

    @cached_property
    def _named(self) -> frozenset[tuple[str, str]]:
        """Roots, each with a folder of which a file is imported by a name that counts from there."""
        named = ((path, dotted) for path, uses in self.imports.spellings.items() for _, dotted in uses)
        return frozenset(
            (root, path.rpartition("/")[0])
            for path, dotted in named
            if (root := _root(path, dotted)) is not None
        )

    def _by_pytest(self) -> Shown:
        """Packages in which pytest finds test modules: it loads those from where their packages begin."""
        found: dict[tuple[str, str], str] = {}
        for path in sorted(self.modules.paths):
            for root in self._pytest_roots(path):
                if key := _key(root, path):
                    found.setdefault(key, f"pytest loads {path} from {root or 'the root'}")
        return found

    def _pytest_roots(self, path: str) -> Iterator[str]:
        folder, settings = next(iter(self.project.pytest_of(path).items()))
        if not settings.is_test_file(path) and path.rpartition("/")[2] != "conftest.py":
            return
        own = self.modules.import_root(path)
        if own != path.rpartition("/")[0]:
            yield own
        if settings.importlib:
            yield folder

    def _by_packaging(self) -> Shown:
        """Packages that a distribution of the repository holds."""
        found: dict[tuple[str, str], str] = {}
        for path in sorted(self.modules.paths):
            root = self.modules.import_root(path)
            if root in self.project.package_roots and (key := _key(root, path)):
                found.setdefault(key, f"it is installed from {root or 'the root'}")
        return found

    def _by_import(self) -> Shown:
        found: dict[tuple[str, str], str] = {}
        for path in sorted(self.imports.spellings):
            for user, dotted in sorted(self.imports.spellings[path]):
                root = _root(path, dotted)
                if self._tells(path, dotted, user) and root is not None and (key := _key(root, path)):
                    found.setdefault(key, f"{user} imports {dotted}")
        return found

    def _tells(self, path: str, dotted: str, user: str) -> bool:
        """Whether a name is more than one that a library outside may have as well."""
        top, _, rest = dotted.partition(".")
        if top in sys.stdlib_module_names or not (rest or path.endswith("/__init__.py")):
            return False
        return bool(rest) or not user.startswith(path.removesuffix("__init__.py"))

    def _by_import_elsewhere(self) -> Shown:
        """Absolute imports that fit a file no way leads to: something must put its root on the path."""
        folders: dict[str, list[str]] = {}
        for folder in self.modules.folders:
            folders.setdefault(folder.rpartition("/")[2], []).append(folder)
        found: dict[tuple[str, str], str] = {}
        for user, dotted in self._unresolved():
            top, _, rest = dotted.partition(".")
            for folder in sorted(folders.get(top, ())):
                if self._is_module(f"{folder}/{rest.replace('.', '/')}"):
                    found.setdefault((folder.rpartition("/")[0], folder), f"{user} imports {dotted}")
        return found

    def _unresolved(self) -> Iterable[tuple[str, str]]:
        """Absolute imports of modules that are not found: the first of each in a folder, with its file."""
        seen: set[tuple[str, str]] = set()
        for links in self.imports.scans.links():
            here = links.path.rpartition("/")[0]
            for fact in links.imports:
                asked = (here, fact.dotted)
                if not fact.relative and asked not in seen:
                    seen.add(asked)
                    if dotted := self._module_not_found(fact.dotted, here):
                        yield links.path, dotted

    def _module_not_found(self, name: str, here: str) -> str:
        parent = name.rpartition(".")[0]
        dotted = parent if "." in parent else name
        if "." not in dotted or self.modules.find(dotted.partition(".")[0], here):
            return ""
        found = any(self.modules.find(each, here) for each in (name, parent) if each)
        return "" if found else dotted

    def _is_module(self, stem: str) -> bool:
        return f"{stem}.py" in self.modules.paths or f"{stem}/__init__.py" in self.modules.paths


def _keys(path: str) -> Iterator[tuple[str, str]]:
    """Every root above ``path`` with the first folder below it."""
    folders = [*folders_above(path)]
    return ((root, top) for top, root in zip(folders, folders[1:], strict=False))


def _key(root: str, path: str) -> tuple[str, str] | None:
    """``root`` and the first folder below it on the way to ``path``; None if the file lies in it itself."""
    rest = path.removeprefix(f"{root}/") if root else path
    top, slash, _ = rest.partition("/")
    return (root, f"{root}/{top}" if root else top) if slash else None


def _root(path: str, dotted: str) -> str | None:
    """The folder from which ``path`` is ``dotted``."""
    stem = path.removesuffix(".py").removesuffix("/__init__")
    parts = dotted.replace(".", "/")
    if stem == parts:
        return ""
    return stem.removesuffix(f"/{parts}") if stem.endswith(f"/{parts}") else None
