"""What a command line asks of Docker: the words that name it, and the purpose of its verb."""

from __future__ import annotations

import re
from collections.abc import Sequence
from enum import Enum
from typing import NamedTuple

UNKNOWN = None
"""A word of which nobody knows the value before it runs."""
Words = Sequence[str | None]


class Purpose(Enum):
    """What a verb is for, as far as the manager is concerned."""

    START = "start"
    END = "end"
    LOOK = "look"
    CHECK = "check"
    CLEAN = "clean"
    IMAGE = "image"
    TASK = "task"
    OTHER = "other"


class Docker(NamedTuple):
    """A recognised command: where its program stands among the words, its verb, and compose files named."""

    program: int
    purpose: Purpose
    verb: str
    files: tuple[str, ...] = ()


_PROGRAM = re.compile(r"(?:.*/)?docker(?:-compose)?(?:\.exe)?")
_PREFIXES = {"time", "exec", "command", "nohup", "env", "sudo", "xargs", "-E", "-n", "-r", "!"}
_VALUED = {"-H", "--host", "-c", "--context", "-l", "--log-level", "--config"}
_COMPOSE_VALUED = {
    *("-f", "--file", "-p", "--project-name", "--project-directory"),
    *("--env-file", "--profile", "--ansi", "--parallel"),
}
_FILE = ("-f", "--file")
_OF_VERB = {
    Purpose.START: "create start restart unpause up scale",
    Purpose.END: "stop kill rm pause down",
    Purpose.LOOK: "ps ls logs inspect port stats top exec attach cp diff df events wait rename update",
    Purpose.CHECK: "version info ping",
    Purpose.CLEAN: "prune",
    Purpose.IMAGE: (
        "build push pull tag images rmi image login logout save load import export commit history buildx "
        "builder manifest search scan scout trust context plugin config sbom"
    ),
    Purpose.OTHER: "swarm stack service node secret",
}
_PURPOSES = {verb: purpose for purpose, verbs in _OF_VERB.items() for verb in verbs.split()}
_DETACHED = re.compile(r"--detach(?:=true)?|-[a-zA-Z]*d[a-zA-Z]*")
_NESTED = {"container", "network", "volume", "system"}


def recognise(words: Words) -> Docker | None:
    """What a command line asks of Docker, or None if it is no such command."""
    position = _past_prefixes(words)
    name = _word(words, position)
    if not _PROGRAM.fullmatch(name):
        return None
    verb = _past_options(words, position + 1, _VALUED)
    if name.removesuffix(".exe").endswith("docker-compose"):
        return _compose(words, position, position + 1)
    if _word(words, verb) == "compose":
        return _compose(words, position, verb + 1)
    return _plain(words, position, verb)


def _past_prefixes(words: Words) -> int:
    position = 0
    while (text := _word(words, position)) and (text in _PREFIXES or re.match(r"[A-Za-z_]\w*=", text)):
        position += 1
    if text == "timeout" and position + 2 < len(words):
        position += 2
    return position


def _plain(words: Words, program: int, verb: int) -> Docker | None:
    text = _word(words, verb)
    if not text:
        asked = any(word in ("--version", "-v") for word in words[program + 1 :])
        purpose = Purpose.CHECK if asked else Purpose.OTHER
        return Docker(program, purpose, "--version" if asked else "") if len(words) > program + 1 else None
    if text == "run":
        detached = any(word and _DETACHED.fullmatch(word) for word in words[verb + 1 :])
        return Docker(program, Purpose.START if detached else Purpose.TASK, text)
    inner = _word(words, verb + 1) if text in _NESTED else ""
    if inner:
        found = _plain(words, program, verb + 1)
        return found and found._replace(verb=f"{text} {found.verb}")
    return Docker(program, _PURPOSES[text], text) if text in _PURPOSES else None


def _compose(words: Words, program: int, position: int) -> Docker | None:
    files: list[str] = []
    verb = _past_options(words, position, _COMPOSE_VALUED, files)
    text = _word(words, verb)
    if not text:
        asked = any(word in ("--version", "-v") for word in words[position:])
        return Docker(program, Purpose.CHECK if asked else Purpose.OTHER, "compose", tuple(files))
    if text == "run":
        return Docker(program, Purpose.TASK, "compose run", tuple(files))
    return Docker(program, _PURPOSES[text], f"compose {text}", tuple(files)) if text in _PURPOSES else None


def _past_options(words: Words, position: int, valued: set[str], files: list[str] | None = None) -> int:
    """The index of the first word that is neither an option nor an option's value."""
    while (text := _word(words, position)).startswith("-"):
        if files is not None and text in _FILE and (file := _word(words, position + 1)):
            files.append(file)
        elif files is not None and text.startswith("--file="):
            files.append(text.partition("=")[2])
        position += 2 if text in valued else 1
    return position


def _word(words: Words, position: int) -> str:
    """The word at ``position`` where it is known, else nothing."""
    return (words[position] or "") if position < len(words) else ""
