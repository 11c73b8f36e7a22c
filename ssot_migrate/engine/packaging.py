"""In which folders the packages of a distribution begin, as its own packaging configuration says."""

from __future__ import annotations

import configparser
import posixpath
import re
import tomllib
from collections.abc import Iterator, Mapping
from typing import Any

_SETUP_FOLDERS = re.compile(
    r"package_dir\s*=\s*\{\s*[\"']{2}\s*:\s*[\"']([\w./-]+)[\"']"
    r"|find(?:_namespace)?_packages\(\s*(?:where\s*=\s*)?[\"']([\w./-]+)[\"']"
)


def package_roots(folder: str, files: Mapping[str, bytes]) -> frozenset[str]:
    """Where packages of the distribution built in ``folder`` begin, from the repository's root.

    ``folder`` itself where the configuration says nothing; ``src`` below it counts then as well.
    """
    named = {*_of_pyproject(folder, files), *_of_cfg(folder, files), *_of_setup(folder, files)}
    found = named or {".", "src"}
    joined = (posixpath.normpath(posixpath.join(folder, name)) for name in found)
    return frozenset("" if path == "." else path for path in joined if not path.startswith(".."))


def finds_packages(folder: str, files: Mapping[str, bytes]) -> bool:
    """Whether setuptools builds ``folder`` and is told of no packages: it takes the one that lies there."""
    table = pyproject_of(folder, files)
    backend = value_at(table, "build-system", "build-backend")
    options = _options(folder, files)
    told = any(
        value_at(table, "tool", "setuptools", name) is not None
        or options.has_option("options", name.replace("-", "_"))
        for name in ("packages", "py-modules", "package-dir")
    )
    setup = _text(folder, "setup.py", files)
    used = backend is None or str(backend).startswith("setuptools")  # an empty name keeps all from building
    return used and not (told or _TOLD.search(setup))


_TOLD = re.compile(r"packages|py_modules|package_dir|ext_modules|\bpbr\b|\*\*")


def _of_pyproject(folder: str, files: Mapping[str, bytes]) -> Iterator[str]:
    tool = value_at(pyproject_of(folder, files), "tool")
    yield from _strings(value_at(tool, "setuptools", "package-dir", ""))
    yield from _strings(value_at(tool, "setuptools", "packages", "find", "where"))
    yield from _strings(value_at(tool, "pdm", "build", "package-dir"))
    yield from _strings(value_at(tool, "hatch", "build", "targets", "wheel", "sources"))
    for path in _strings(value_at(tool, "hatch", "build", "targets", "wheel", "packages")):
        yield posixpath.dirname(path) or "."
    for package in value_at(tool, "poetry", "packages") or ():
        yield from _strings(value_at(package, "from") or ".")


def pyproject_of(folder: str, files: Mapping[str, bytes]) -> dict[str, Any]:
    """What the ``pyproject.toml`` of ``folder`` holds; nothing if it cannot be read."""
    try:
        return tomllib.loads(_text(folder, "pyproject.toml", files))
    except tomllib.TOMLDecodeError:
        return {}


def value_at(table: Any, *keys: str) -> Any:  # noqa: ANN401 - what stands in somebody's TOML
    """What stands in a table below ``keys``; None if nothing does."""
    for key in keys:
        table = table.get(key) if isinstance(table, dict) else None
    return table


def _strings(value: object) -> Iterator[str]:
    values = value if isinstance(value, list) else [value]
    yield from (item for item in values if isinstance(item, str))


def _options(folder: str, files: Mapping[str, bytes]) -> configparser.RawConfigParser:
    """What ``setup.cfg`` holds; nothing if it cannot be read."""
    parser = configparser.RawConfigParser(strict=False, allow_no_value=True)
    try:
        parser.read_string(_text(folder, "setup.cfg", files))
    except configparser.Error:
        parser.clear()
    return parser


def _of_cfg(folder: str, files: Mapping[str, bytes]) -> Iterator[str]:
    parser = _options(folder, files)
    for line in parser.get("options", "package_dir", fallback="").splitlines():
        package, _, path = line.partition("=")
        if path and not package.strip():
            yield path.strip()
    yield from parser.get("options.packages.find", "where", fallback="").split()


def _of_setup(folder: str, files: Mapping[str, bytes]) -> Iterator[str]:
    for found in _SETUP_FOLDERS.finditer(_text(folder, "setup.py", files)):
        yield found[1] or found[2]


def _text(folder: str, name: str, files: Mapping[str, bytes]) -> str:
    return files.get(posixpath.join(folder, name), b"").decode("utf-8", "replace")
