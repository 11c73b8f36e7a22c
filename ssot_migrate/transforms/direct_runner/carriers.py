"""Test runs in files that carry shell commands: Makefiles, CI files, scripts, documents."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from ssot_migrate.languages.commands import Unreadable, read_commands
from ssot_migrate.languages.words import word_offsets
from ssot_migrate.model import Command, FileKind, Site, Source
from ssot_migrate.transforms.direct_runner.arguments import Argument, argument
from ssot_migrate.transforms.direct_runner.command_lines import recognise
from ssot_migrate.transforms.direct_runner.execution import Execution, encoded
from ssot_migrate.transforms.direct_runner.programs import Program
from ssot_migrate.transforms.direct_runner.records import record
from ssot_migrate.transforms.direct_runner.workdir import folder_of, runs_in_checkout

IMAGE = "runs where the repository's files may not be: whether the runner is there is not known"
_FORGIVEN = re.compile(rb"[^\n|&;#]*\|\|[ \t]*(?:true|:)[ \t'\"]*(?:#.*)?$", re.MULTILINE)


def in_commands(rule: str, command: Command, source: Source) -> Iterator[Site]:
    """The site at a command that runs tests, if ``command`` is one."""
    words = tuple(argument(word, command, source.data) for word in command.words)
    program = recognise(words)
    if program is None:
        return
    found = Execution(
        runs=program.runs,
        program=words[program.first : program.last],
        arguments=words[program.last :],
        folder=folder_of(command, _all(source), source),
        locked=_lock(command, program, source),
        read=_reader(command, source.data),
        bare=program.bare,
        doubt=program.doubt,
        python="python" if program.managed or source.kind is FileKind.INI else _spelling(source),
        recorded=_is_recorded(command, source),
        past=record(source, command.line) if source.kind is FileKind.MARKDOWN else "",
        heeded=_is_heeded(command, source),
        open_end=any(word.text == "xargs" for word in words[: program.first]),
    )
    span = command.span
    kind = f"{program.runs.value}-command"
    hits = tuple(_hits(words[program.first : program.last], source.data))
    yield Site(rule, kind, source.path, span, command.line, facts=encoded(found), hits=hits)


def _lock(command: Command, program: Program, source: Source) -> str:
    if source.kind is FileKind.DOCKERFILE or (source.kind is FileKind.YAML and not runs_in_checkout(source)):
        return IMAGE
    return program.hidden or command.locked


def _reader(command: Command, data: bytes) -> str:
    """Who reads what the command prints, if another program does."""
    behind = re.match(
        rb"(?:[ \t]*(?:\d?>&\d|&>|\d?>)[ \t]*(?:/dev/null)?)*[ \t]*\|(?!\|)&?[ \t]*([\w./-]+)",
        data[command.span.end :],
    )
    if behind and behind[1] not in (b"tee",):
        return behind[1].decode()
    head = data[: command.span.start].rstrip()
    return "a substitution" if head.endswith((b"$(", b"`")) and not head.endswith(b"```") else ""


def _is_recorded(command: Command, source: Source) -> bool:
    """Whether the command follows a prompt, so that what stands below it is its output."""
    line_start = source.data.rfind(b"\n", 0, command.span.start) + 1
    before = source.data[line_start : command.span.start].lstrip(b" \t>")
    return source.kind is FileKind.MARKDOWN and before.startswith(b"$")


def _is_heeded(command: Command, source: Source) -> bool:
    """Whether the exit status decides what happens next: a document's reader sees what was printed."""
    if source.kind is FileKind.MARKDOWN:
        return False
    start = source.data.rfind(b"\n", 0, command.span.start) + 1
    unheeded = source.kind is FileKind.MAKE and re.match(rb"\t[@+]*-", source.data[start:])
    return not unheeded and not _FORGIVEN.match(source.data, command.span.end)


@lru_cache(maxsize=1)
def _spelling(source: Source) -> str:
    """The interpreter that other commands of the file use; empty if none shows one."""
    names = (word.text for command in _all(source) for word in command.words[:1])
    return next((name for name in names if name in ("python", "python3")), "")


def _hits(program: Sequence[Argument], data: bytes) -> Iterator[int]:
    for part in program:
        for name in (b"pytest", b"py.test", b"unittest"):
            for offset in word_offsets(part.span.slice(data), name):
                yield part.span.start + offset


def _all(source: Source) -> tuple[Command, ...]:
    try:
        return read_commands(source)
    except Unreadable:
        return ()
