"""What a repository's pytest settings say about collection, warnings and the import path."""

from __future__ import annotations

import posixpath
import tomllib
from collections.abc import Iterable, Mapping
from fnmatch import fnmatchcase
from itertools import pairwise

from ssot_migrate.model import Frozen

# In the order in which pytest looks for them.
PYTEST_FILES = (
    "pytest.toml",
    ".pytest.toml",
    "pytest.ini",
    ".pytest.ini",
    "pyproject.toml",
    "tox.ini",
    "setup.cfg",
)
_SECTIONS = {"tox.ini": "pytest", "setup.cfg": "tool:pytest"}
_IMPORT_MODE = "--import-mode"
_CATEGORIES = ("", "Warning", "DeprecationWarning")


class PytestSettings(Frozen, frozen=True):
    """The settings of one folder; ``roots`` are what ``pythonpath`` names, from the repository's root."""

    python_files: tuple[str, ...] = ("test_*.py", "*_test.py")
    python_classes: tuple[str, ...] = ("Test",)
    python_functions: tuple[str, ...] = ("test",)
    testpaths: tuple[str, ...] = ()
    norecursedirs: tuple[str, ...] = ()
    asyncio_auto: bool = False
    importlib: bool = False
    no_conftest: bool = False
    roots: tuple[str, ...] = ()
    deprecations_fail: bool = False

    def is_test_file(self, path: str) -> bool:
        """Whether a file is collected under its name; patterns with a slash are for whole paths.

        A file outside ``testpaths`` and outside folders of tests is a program, whatever its name.
        """
        name = path.rpartition("/")[2]
        named = any(fnmatchcase(f"/{path}" if "/" in p else name, p) for p in self.python_files)
        return named and (not self.testpaths or self._is_in_testpaths(path))

    def _is_in_testpaths(self, path: str) -> bool:
        named = (
            path == p or f"{path}/".startswith(f"{p}/") or fnmatchcase(path, f"{p}/*") for p in self.testpaths
        )
        return "tests" in path.split("/")[:-1] or "" in self.testpaths or any(named)

    def keeps_out_of(self, folder: str) -> bool:
        """Whether ``folder``, or one that it lies in, is named as one not to look for tests in."""
        while folder and self.norecursedirs:
            if any(fnmatchcase(f"/{folder}", f"*/{pattern}") for pattern in self.norecursedirs):
                return True
            folder = folder.rpartition("/")[0]
        return False

    def is_test_class(self, name: str) -> bool:
        """Whether a class that is no ``unittest.TestCase`` is collected under this name."""
        return _matches(name, self.python_classes)

    def is_test_function(self, name: str) -> bool:
        """Whether a function or method is collected under this name."""
        return _matches(name, self.python_functions)


def _matches(name: str, patterns: Iterable[str]) -> bool:
    return any(name.startswith(p) or (any(c in p for c in "*?[") and fnmatchcase(name, p)) for p in patterns)


def parse_pytest(name: str, data: bytes, folder: str) -> PytestSettings | None:
    """The settings in a file called ``name`` of ``folder``; None if it holds none that can be read."""
    try:
        text = data.decode("utf-8-sig")
        options = _toml(name, text) if name.endswith(".toml") else _ini(name, text)
        return None if options is None else _settings(options, folder)
    except (ValueError, TypeError):
        return None


def _toml(name: str, text: str) -> Mapping[str, object] | None:
    document = tomllib.loads(text)
    if name != "pyproject.toml":
        options: Mapping[str, object] = document.get("pytest", {})
        return options
    tool = document.get("tool", {}).get("pytest", {})
    native = {key: value for key, value in tool.items() if key != "ini_options"}
    return native or tool.get("ini_options")


def _ini(name: str, text: str) -> Mapping[str, object] | None:
    import configparser

    parser = configparser.RawConfigParser(strict=False, allow_no_value=True)
    try:
        parser.read_string(text)
    except configparser.Error as error:
        raise ValueError(str(error)) from error
    section = _SECTIONS.get(name, "pytest")
    if parser.has_section(section):
        return dict(parser.items(section))
    return {} if name not in _SECTIONS else None


def _settings(options: Mapping[str, object], folder: str) -> PytestSettings:
    standard = PytestSettings()
    addopts = _words(options.get("addopts"))
    mode = _option(addopts, "--asyncio-mode") or str(options.get("asyncio_mode") or "")
    return PytestSettings(
        python_files=_words(options.get("python_files")) or standard.python_files,
        python_classes=_words(options.get("python_classes")) or standard.python_classes,
        python_functions=_words(options.get("python_functions")) or standard.python_functions,
        importlib=_option(addopts, _IMPORT_MODE) == "importlib",
        no_conftest="--noconftest" in addopts,
        roots=_folders(options.get("pythonpath"), folder),
        testpaths=_folders(options.get("testpaths"), folder),
        norecursedirs=_words(options.get("norecursedirs")),
        asyncio_auto=mode.strip() == "auto",
        deprecations_fail=_deprecations_fail(_lines(options.get("filterwarnings")), addopts),
    )


def _folders(value: object, folder: str) -> tuple[str, ...]:
    """Folders that a setting in ``folder`` names, from the repository's root."""
    found = (posixpath.normpath(posixpath.join(folder, word)) for word in _words(value))
    return tuple("" if path == "." else path for path in found)


def _words(value: object) -> tuple[str, ...]:
    """A setting that is a list of arguments, written as one or as a string."""
    if isinstance(value, list):
        return tuple(str(item) for item in value)
    import shlex

    return tuple(shlex.split(value)) if isinstance(value, str) else ()


def _lines(value: object) -> tuple[str, ...]:
    lines = value if isinstance(value, list) else str(value or "").splitlines()
    return tuple(str(line).strip() for line in lines if str(line).strip())


def _option(words: tuple[str, ...], name: str) -> str:
    """The last value given to an option, as ``name=value`` or ``name value``."""
    found = ""
    for word, following in pairwise((*words, "")):
        if word == name:
            found = following
        elif word.startswith(f"{name}="):
            found = word.removeprefix(f"{name}=")
    return found


def _deprecations_fail(filters: tuple[str, ...], addopts: tuple[str, ...]) -> bool:
    """Whether a DeprecationWarning of whatever text ends a test; later filters win."""
    given = [word.removeprefix("-W") for word in addopts if word.startswith("-W") and word != "-W"]
    given += [following for word, following in pairwise(addopts) if word == "-W"]
    given += [_option(addopts, "--pythonwarnings")]
    failing = False
    for line in (*filters, *(word for word in given if word)):
        action, message, category, *rest = (*line.split(":"), "", "")
        if not message and not any(rest) and category in _CATEGORIES:
            failing = action == "error"
    return failing
