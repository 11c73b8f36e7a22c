"""Commands in pyproject.toml (hatch, poe, pdm, tox) and in tox.toml."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterator
from pathlib import PurePosixPath

from ssot_migrate.languages.exec_form import ESCAPES
from ssot_migrate.languages.fragments import BOM, Fit, Fragment, Listing, Piece, Unreadable
from ssot_migrate.languages.ini import SUBSTITUTIONS, command_texts
from ssot_migrate.languages.pieces import decoded, exact
from ssot_migrate.languages.shapes import shape
from ssot_migrate.languages.toml_strings import Path, Value, values
from ssot_migrate.model import Source

_SHELL = (
    "tool.hatch.envs.*.scripts.*",
    "tool.hatch.envs.*.scripts.*.#",
    "tool.poe.tasks.*",
    "tool.poe.tasks.*.cmd",
    "tool.poe.tasks.*.shell",
    "tool.poe.tasks.*.#.cmd",
    "tool.poe.tasks.*.#.shell",
    "tool.poe.tasks.*.sequence.#.cmd",
    "tool.poe.tasks.*.sequence.#.shell",
    "tool.pdm.scripts.*",
    "tool.pdm.scripts.*.cmd",
    "tool.pdm.scripts.*.shell",
)
_EXEC = (
    "tool.pdm.scripts.*.cmd",
    *(
        f"tool.tox.{table}.{key}.#"
        for table in ("env_run_base", "env_pkg_base", "env_base.*", "env.*")
        for key in ("commands", "commands_pre", "commands_post")
    ),
)
_LONG_KEY = re.compile(rb"""(?<![\w-])(?:(?:[\w-]++|"[^"\n]*+"|'[^'\n]*+')[ \t]*+\.[ \t]*+){64}""")
_LEGACY = "tool.tox.legacy_tox_ini"


def texts(source: Source) -> Iterator[Fragment | Listing]:
    """The scripts of project tools: strings that a shell (or its like) reads, and lists of words.

    Raises:
        Unreadable: no valid TOML.
    """
    document = _load(source.data)
    prefix = ("tool", "tox") if PurePosixPath(source.path).name.lower() == "tox.toml" else ()
    start = len(BOM) if source.data.startswith(BOM) else 0
    try:
        for value in values(source.data, start):
            yield from _texts(source.data, document, value, (*prefix, *value.path))
    except LookupError as error:
        raise Unreadable(f"its TOML could not be mapped: {error}") from error


def outline(source: Source) -> object:
    """Keys, and every value that is not a string.

    Raises:
        Unreadable: no valid TOML.
    """
    return shape(_load(source.data))


def _load(data: bytes) -> dict[str, object]:
    if _LONG_KEY.search(data):
        # The time and the memory that tomllib takes grow with the square of a key's parts.
        raise Unreadable("a key of too many parts")
    try:
        return tomllib.loads(data.removeprefix(BOM).decode())
    except ValueError as error:
        raise Unreadable(f"not valid TOML: {error}") from error


def _texts(data: bytes, document: object, value: Value, path: Path) -> Iterator[Fragment | Listing]:
    if value.items and _matches(path, _EXEC):
        yield _listing(data, document, value)
    elif value.quote and _matches(path, _SHELL):
        yield _string(data, document, value)
    elif value.quote and _matches(path, (_LEGACY,)):
        yield from command_texts(data, value.span, True, "in an INI text within TOML")


def _matches(path: Path, patterns: tuple[str, ...]) -> bool:
    """Whether ``path`` is one of ``patterns``, in which ``*`` is any key and ``#`` any index."""
    for pattern in patterns:
        parts = pattern.split(".")
        if len(parts) == len(path) and all(
            isinstance(key, int) if part == "#" else isinstance(key, str) and part in ("*", key)
            for part, key in zip(parts, path, strict=True)
        ):
            return True
    return False


def _string(data: bytes, document: object, value: Value) -> Fragment:
    text = exact(data, value.span, SUBSTITUTIONS)
    known = _known(document, value.path)
    return text if text.text == known else decoded(known, value.span, ESCAPES)


def _known(document: object, path: Path) -> bytes:
    """What ``tomllib`` read at ``path``.

    Raises:
        LookupError: there is no string.
    """
    for part in path:
        match document:
            case dict():
                document = document[part]
            case list() if isinstance(part, int):
                document = document[part]
    if not isinstance(document, str):
        raise LookupError(f"no string at {path}")
    return document.encode()


def _listing(data: bytes, document: object, array: Value) -> Listing:
    elements = tuple(
        _string(data, document, item) if item.quote else Fragment(item.span, (_other(data, item),))
        for item in array.items
    )
    quotes = {item.quote for item in array.items if item.quote}
    quote = quotes.pop() if len(quotes) == 1 else ""
    return Listing(
        elements, f"{quote}, {quote}", "" if quote else "its elements are quoted in different ways"
    )


def _other(data: bytes, item: Value) -> Piece:
    """A table such as ``{ replace = "posargs" }``, which the tool replaces by words."""
    return Piece(item.span.slice(data), item.span, Fit.OPAQUE)
