"""Files that a failing test wants and that a commit has not, though they lie in somebody's working tree."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path

_FILE = re.compile(r"No such file or directory: '([^'\n]+)'")
_MODULE = re.compile(r"No module named '([\w.]+)'")
_NAME = re.compile(r"cannot import name '(\w+)' from (?:partially initialized module )?'([\w.]+)'")
_TREE = re.compile(r".*/ssot-tree-[^/]+/tree/")
_ROOTS = ("", "src/")
_FORMS = ("{}.py", "{}/__init__.py", "{}.*.so", "{}.so", "{}.*.pyd")


def lacking(outputs: Iterable[str], original: Path, tracked: Collection[str]) -> Iterator[str]:
    """Paths that ``outputs`` of tests speak of, that are files of ``original`` and not ``tracked``."""
    text = "\n".join(outputs)
    for pattern in sorted({*_files(text), *_modules(text)}):
        for path in sorted(original.glob(pattern)):
            name = path.relative_to(original).as_posix()
            if path.is_file() and name not in tracked:
                yield name


def _files(text: str) -> Iterator[str]:
    for name in _FILE.findall(text):
        path = _TREE.sub("", name)
        if not path.startswith("/") and ".." not in path.split("/"):
            yield re.sub(r"([*?[])", r"[\1]", path)


def _modules(text: str) -> Iterator[str]:
    names = [*_MODULE.findall(text), *(f"{package}.{name}" for name, package in _NAME.findall(text))]
    for name in names:
        path = name.replace(".", "/")
        yield from (root + form.format(path) for root in _ROOTS for form in _FORMS)
