"""RUN, CMD, ENTRYPOINT and HEALTHCHECK of a Dockerfile, in shell form and in JSON form."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ssot_migrate.edits import Span
from ssot_migrate.languages.dockerfile_instructions import HEREDOC, Instruction, instructions, rest
from ssot_migrate.languages.exec_form import json_array, merged
from ssot_migrate.languages.fragments import BOM, Fragment, Listing
from ssot_migrate.languages.pieces import exact, pieces
from ssot_migrate.languages.shell_words import is_shell
from ssot_migrate.model import Source

_ESCAPE = re.compile(rb"\s*(?:#[^\n]*\n\s*)*#\s*escape\s*=\s*`", re.IGNORECASE)
_OPTIONS = re.compile(rb"(?:--[a-z-]+(?:=\S+)?\s+)*")
_PROBE = re.compile(rb"(?:--[a-z-]+(?:=\S+)?\s+)*CMD\s+", re.IGNORECASE)


def texts(source: Source) -> Iterator[Fragment | Listing]:
    """What each build stage runs, and what its image runs."""
    windows = "its escape character is a backquote" if _ESCAPE.match(source.data.removeprefix(BOM)) else ""
    stage: dict[str, Fragment | Listing] = {}
    lock = windows
    for instruction in instructions(source.data):
        match instruction.keyword:
            case "FROM":
                yield from _image(stage)
                stage, lock = {}, windows
            case "SHELL":
                lock = windows or _shell_lock(instruction.text)
            case "RUN":
                yield from _run(source.data, instruction, lock)
            case "CMD" | "ENTRYPOINT" as keyword:
                stage[keyword] = _form(instruction.text.lock(lock))
            case "HEALTHCHECK":
                probe = _PROBE.match(instruction.text.text)
                if probe:
                    yield _form(rest(instruction.text, probe.end()).lock(lock))
    yield from _image(stage)


def outline(source: Source) -> object:
    """The keywords, in order."""
    return [instruction.keyword for instruction in instructions(source.data)]


def _run(data: bytes, instruction: Instruction, lock: str) -> Iterator[Fragment | Listing]:
    options = _OPTIONS.match(instruction.text.text)
    text = rest(instruction.text, options.end() if options else 0)
    if not instruction.bodies:
        yield _form(text.lock(lock))
        return
    reason = lock or "with a here-document"
    if not HEREDOC.fullmatch(text.text.strip()):
        whole = Span(text.span.end, data.find(b"\n", instruction.bodies[-1].end) + 1 or len(data))
        yield Fragment(text.span, (*text.pieces, *pieces(data, whole)), reason)
    if HEREDOC.fullmatch(text.text.strip()) or is_shell(text.text.split()[0].decode()):
        for body in instruction.bodies:
            yield exact(data, body, locked=reason)


def _form(text: Fragment) -> Fragment | Listing:
    return json_array(text) or text


def _shell_lock(text: Fragment) -> str:
    """Why commands after a SHELL instruction cannot be edited."""
    listing = json_array(text)
    program = listing.elements[0].text.decode() if listing else "unknown"
    return "" if is_shell(program) else f"its shell is {program}"


def _image(stage: dict[str, Fragment | Listing]) -> Iterator[Fragment | Listing]:
    """What a container runs: CMD in JSON form is appended to an ENTRYPOINT in JSON form."""
    entrypoint, command = stage.get("ENTRYPOINT"), stage.get("CMD")
    if isinstance(entrypoint, Listing) and isinstance(command, Listing):
        yield merged((entrypoint, command), "its words stand in ENTRYPOINT and CMD")
    else:
        yield from stage.values()
