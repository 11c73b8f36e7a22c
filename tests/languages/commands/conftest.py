"""How the readers' tests see a command: one line of text per command, checked against the bytes."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from ssot_migrate.engine.inventory import kind_by_name
from ssot_migrate.languages.commands import read_commands
from ssot_migrate.model import Command, Source

Read = Callable[[str, str | bytes], list[str]]


@pytest.fixture(scope="session")
def source() -> Callable[[str, str | bytes], Source]:
    """Make a source of the kind that its path says."""

    def make(path: str, text: str | bytes) -> Source:
        data = text if isinstance(text, bytes) else text.encode()
        kind = kind_by_name(path)
        assert kind is not None
        return Source(path, data, "", kind)

    return make


@pytest.fixture(scope="session")
def read(source: Callable[[str, str | bytes], Source]) -> Read:
    """Read a file: ``A=1 word ~"word that is not plain" !reason``, or ``["word", "word"]`` in exec form."""

    def lines(path: str, text: str | bytes) -> list[str]:
        made = source(path, text)
        return [shown(made.data, command) for command in read_commands(made)]

    return lines


def shown(data: bytes, command: Command) -> str:
    """A command as one line, after a check of its spans."""
    words = []
    for word in (*command.assignments, *command.words):
        assert command.span.covers(word.span)
        assert not word.plain or word.span.slice(data) == word.text.encode()
        words.append(word.text if word.plain else f"~{word.text}")
    line = " ".join(words) if command.form == "shell" else "[" + command.joint.join(words) + "]"
    return f"{line} !{command.locked}" if command.locked else line
