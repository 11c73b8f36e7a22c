"""Shell commands in files that are not Python: what they are, and whether edits broke the file."""

from __future__ import annotations

import importlib
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from typing import Any, Protocol, TypeVar

import msgspec

from ssot_migrate.languages import exec_form, shell
from ssot_migrate.languages.fragments import Fragment, Listing, Unreadable
from ssot_migrate.model import Command, FileKind, Source

__all__ = ["Unreadable", "read_commands", "reread_ok"]

Read = TypeVar("Read")

LARGEST = 1024 * 1024


class Reader(Protocol):
    """What each module of a carrier format offers."""

    @property
    def texts(self) -> Callable[[Source], Iterator[Fragment | Listing]]:
        """The shell texts and exec-form lists of a file."""

    @property
    def outline(self) -> Callable[[Source], object]:
        """What of a file no edit of a command's words may change, comparable by ``==``."""


_READERS = {
    FileKind.SHELL: "shell",
    FileKind.MAKE: "makefile",
    FileKind.DOCKERFILE: "dockerfile",
    FileKind.YAML: "yaml",
    FileKind.MARKDOWN: "markdown",
    FileKind.INI: "ini",
    FileKind.TOML: "toml_scripts",
    FileKind.JSON: "package_json",
}


@lru_cache(maxsize=2)
def read_commands(source: Source) -> tuple[Command, ...]:
    """Every shell command of a file that is not Python; the last files asked for are remembered.

    Raises:
        Unreadable: a file that is not valid in its own syntax, not UTF-8 text, or beyond the bounds.
    """
    return _bounded(source, lambda reader: tuple(_commands(source, reader)))


def reread_ok(before: Source, after: bytes) -> str:
    """``""`` if the edited bytes still read as the same file with other words, else why not."""
    edited = msgspec.structs.replace(before, data=after)
    try:
        if _outline(edited) != _outline(before):
            return "the edit changes the structure of the file"
        if _unread(edited) > _unread(before):
            return "some of the edited shell text is a comment or does not parse"
        if _locks(edited) != _locks(before):
            return "the edit changes how many commands there are, or which can be edited"
    except Unreadable as error:
        return error.reason
    return ""


def _commands(source: Source, reader: Reader) -> Iterator[Command]:
    for text in reader.texts(source):
        if isinstance(text, Listing):
            yield from exec_form.commands(source.data, text)
        else:
            yield from shell.commands(source.data, text)


def _outline(source: Source) -> object:
    return _bounded(source, lambda reader: reader.outline(source))


def _unread(source: Source) -> int:
    return _bounded(
        source,
        lambda reader: sum(shell.unread(text) for text in reader.texts(source) if isinstance(text, Fragment)),
    )


def _locks(source: Source) -> list[str]:
    return [command.locked for command in read_commands(source)]


def _bounded(source: Source, read: Callable[[Reader], Read]) -> Read:
    if source.kind not in _READERS:
        raise Unreadable(f"no shell commands are read from {source.kind.value} files")
    if len(source.data) > LARGEST:
        raise Unreadable(f"larger than {LARGEST} bytes")
    if b"\0" in source.data:
        raise Unreadable("it contains NUL bytes")
    try:
        source.data.decode()
        return read(_reader(source.kind))
    except UnicodeDecodeError as error:
        raise Unreadable(f"not UTF-8 text: {error.reason}") from error
    except RecursionError as error:
        raise Unreadable("nested too deeply") from error


@cache
def _reader(kind: FileKind) -> Reader:
    """The module that reads files of this kind; what one kind needs is loaded with its first file."""
    found: Any = importlib.import_module(f"ssot_migrate.languages.{_READERS[kind]}")
    reader: Reader = found
    return reader
