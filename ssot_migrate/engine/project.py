"""Reading the repository's own configuration: packaging, pytest settings, the days of aliases."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime, timedelta

from ssot_migrate.engine.elsewhere import runs_elsewhere
from ssot_migrate.engine.packaging import finds_packages, package_roots
from ssot_migrate.index.project import Days, Project
from ssot_migrate.index.pytest_settings import PYTEST_FILES, PytestSettings, parse_pytest
from ssot_migrate.settings import Settings

CONFIGURATION = frozenset({*PYTEST_FILES, "setup.py"})


def days_of(settings: Settings, committed: int) -> Days:
    """The days that count for a base ``committed`` so many seconds after 1970 (UTC); no clock is asked."""
    day = datetime.fromtimestamp(committed, UTC).date()
    return Days(day.isoformat(), (day + timedelta(days=settings.alias_days)).isoformat())


def read_project(files: Mapping[str, bytes], settings: Settings) -> Project:
    """The project that configuration ``files`` describe: bytes by path of all named in ``CONFIGURATION``."""
    installable = frozenset(_installable(files))
    return Project(
        owner=settings.owner,
        installable=installable,
        package_roots=frozenset(root for folder in installable for root in package_roots(folder, files)),
        compiled=installable
        & {path.rpartition("/")[0] for path, data in files.items() if _COMPILES.search(data)},
        found_packages="" in installable and finds_packages("", files),
        elsewhere=dict(runs_elsewhere(files)),
        pytest=_pytest(files),
        python=dict(_oldest_python(files)),
        runners=tuple(settings.runners),
    )


def _installable(files: Mapping[str, bytes]) -> Iterable[str]:
    for path, data in files.items():
        folder, _, name = path.rpartition("/")
        if name in _BUILDS and _BUILDS[name](data):
            yield folder


_COMPILES = re.compile(
    rb"\bext_modules\b|\bext-modules\b|\bcython|\bmaturin\b|\bmeson|(?:\b|_)rust|scikit.build", re.I
)
_REQUIRES = re.compile(rb"(?:requires-python|python_requires)\s*=\s*[\"']?[^\"'\n]*?[>~=]=\s*3\.(\d+)")


def _oldest_python(files: Mapping[str, bytes]) -> Iterable[tuple[str, int]]:
    for path, data in files.items():
        if found := _REQUIRES.search(data):
            yield path.rpartition("/")[0], int(found[1])


# What setuptools reads of a distribution from ``setup.cfg``: pip needs no ``setup.py`` beside it.
_METADATA, _OPTIONS = re.compile(rb"(?m)^\[metadata\]"), re.compile(rb"(?m)^\[options\]")


def _builds(pyproject: bytes) -> bool:
    try:
        return "build-system" in tomllib.loads(pyproject.decode("utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError):
        return False


_BUILDS: Mapping[str, Callable[[bytes], bool]] = {
    "setup.py": lambda data: b"setup(" in data,
    "setup.cfg": lambda data: bool(_METADATA.search(data) and _OPTIONS.search(data)),
    "pyproject.toml": _builds,
}


def _pytest(files: Mapping[str, bytes]) -> dict[str, PytestSettings]:
    found: dict[str, PytestSettings] = {}
    by_rank = {name: rank for rank, name in enumerate(PYTEST_FILES)}
    for path in sorted(files, key=lambda path: by_rank.get(path.rpartition("/")[2], -1)):
        folder, _, name = path.rpartition("/")
        if name in by_rank and folder not in found and (read := parse_pytest(name, files[path], folder)):
            found[folder] = read
    return found
