"""Which files can behave otherwise because others change: by imports anywhere, quoted names, file names.

Read off the bytes, so that files of any syntax count, and rather too many files than too few: a folder's
``conftest.py`` and ``__init__.py`` reach everything below it, and a module or file that is named in a string
counts as used. What is put together at run time (``import_module(f"plugins.{name}")``) cannot be seen.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from ssot_migrate.index.modules import Modules
from ssot_migrate.index.pytest_settings import PYTEST_FILES
from ssot_migrate.languages.scopes import absolute

_FROM = re.compile(
    rb"^[ \t]*from[ \t]+(\.*)[ \t]*([\w.]*)[ \t]+import[ \t]*(\([^)]*\)|(?:[^\\\n]|\\\r?\n)*)", re.M
)
_IMPORT = re.compile(rb"^[ \t]*import[ \t]+((?:[^\\\n#;]|\\\r?\n)+)", re.M)
_QUOTED = re.compile(rb"[\"']([A-Za-z_]\w*(?:\.\w+)+)")
_FILE = re.compile(rb"[\w-]+\.(?:py|sh|ya?ml|toml|cfg|ini|json|md|env)\b|\b(?:Makefile|Dockerfile)\b")
_NAME = re.compile(rb"[A-Za-z_][\w.]*")
_DOWNWARDS = frozenset({"conftest.py", "__init__.py"})
_SETTINGS = frozenset({*PYTEST_FILES, "setup.py"})


class Dependents:
    """Who may depend on whom among the files of one commit."""

    def __init__(self, files: Mapping[str, bytes]) -> None:
        """Read the Python files in ``files``: path to bytes."""
        self.paths = sorted(path for path in files if path.endswith(".py"))
        self.modules = Modules(self.paths)
        self.users: dict[str, set[str]] = defaultdict(set)
        self.mentions: dict[str, set[str]] = defaultdict(set)
        for path in self.paths:
            for used in self._used(path, files[path]):
                self.users[used].add(path)
            for name in set(_FILE.findall(files[path])):
                self.mentions[name.decode()].add(path)

    def of(self, changed: Iterable[str]) -> frozenset[str] | None:
        """The files among which all are that the ``changed`` ones can affect; None if that may be any."""
        queue = list(changed)
        if any(path.rpartition("/")[2] in _SETTINGS for path in queue):
            return None
        seen = set(queue)
        while queue:
            fresh = set(self._next(queue.pop())) - seen
            seen |= fresh
            queue += fresh
        return frozenset(seen)

    def _next(self, path: str) -> Iterator[str]:
        folder, slash, name = path.rpartition("/")
        yield from self.users.get(path, ())
        if name in _DOWNWARDS:
            yield from (other for other in self.paths if other.startswith(folder + slash))
        else:
            yield from self.mentions.get(name, ())

    def _used(self, path: str, data: bytes) -> set[str]:
        folder = path.rpartition("/")[0]
        names = {part for dotted in set(_names(path, data)) for part in _prefixes(dotted)}
        return {file for name in names for file in self._files(name, folder)}

    def _files(self, name: str, folder: str) -> Sequence[str]:
        """What ``name`` means seen from ``folder``, or all that it may: distributions use each other."""
        found = self.modules.find(name, folder)
        return [found] if found else self.modules.anywhere(name)


def _names(path: str, data: bytes) -> Iterator[str]:
    """Dotted names that a file imports, or may import by a string."""
    package = path.rpartition("/")[0].replace("/", ".")
    for dots, module, names in _FROM.findall(data):
        base = absolute(module.decode() or None, len(dots), package)
        yield base
        yield from (f"{base}.{name.decode()}" for name in _NAME.findall(names))
    for text in _IMPORT.findall(data):
        yield from (name.decode() for name in _NAME.findall(text))
    yield from (name.decode() for name in _QUOTED.findall(data))


def _prefixes(dotted: str) -> Iterator[str]:
    parts = [part for part in dotted.split(".") if part]
    return (".".join(parts[:count]) for count in range(1, len(parts) + 1))
