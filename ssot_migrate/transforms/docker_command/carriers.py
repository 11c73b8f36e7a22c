"""Docker in files that carry shell commands: scripts, Makefiles, CI files, documents."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_migrate.languages.words import word_offsets
from ssot_migrate.model import Command, Site, Source, Word
from ssot_migrate.transforms.docker_command.facts import COMMAND, facts_of
from ssot_migrate.transforms.docker_command.programs import recognise


def in_command(rule: str, command: Command, source: Source) -> Iterator[Site]:
    """The site at a command that runs Docker, if ``command`` is one."""
    words = [value(word, source.data) for word in command.words]
    found = recognise(words)
    if found is None:
        return
    facts = {**facts_of(found), "carrier": source.kind.value}
    hits = tuple(hits_of(command.words[found.program], source.data))
    yield Site(rule, COMMAND, source.path, command.span, command.line, facts=facts, hits=hits)


def value(word: Word, data: bytes) -> str | None:
    """The value of a shell word, where no shell need expand it."""
    if word.plain:
        return word.text
    raw = word.span.slice(data).decode()
    quoted = len(raw) > 1 and raw[0] in "\"'" and raw[-1] == raw[0] and raw[0] not in raw[1:-1]
    return raw[1:-1] if quoted and not set("$`\\") & set(raw) else None


def hits_of(word: Word, data: bytes) -> Iterator[int]:
    """Where the rule's word stands in the program's name."""
    return (word.span.start + offset for offset in word_offsets(word.span.slice(data), "docker"))
