"""RUN, CMD, ENTRYPOINT and HEALTHCHECK of a Dockerfile, in shell form and in JSON form."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from dataclasses import dataclass

from ssot_migrate.edits import Span
from ssot_migrate.languages.exec_form import json_array, merged
from ssot_migrate.languages.fragments import BOM, Fragment, Listing, Piece, exact, pieces
from ssot_migrate.languages.shell_words import is_shell
from ssot_migrate.model import Source

_ESCAPE = re.compile(rb"\s*(?:#[^\n]*\n\s*)*#\s*escape\s*=\s*`", re.IGNORECASE)
_KEYWORD = re.compile(rb"\s*(?:ONBUILD\s+)?([A-Za-z]+)\s*")
_OPTIONS = re.compile(rb"(?:--[a-z-]+(?:=\S+)?\s+)*")
_PROBE = re.compile(rb"(?:--[a-z-]+(?:=\S+)?\s+)*CMD\s+", re.IGNORECASE)
_HEREDOC = re.compile(rb"(?<!<)<<(-?)([\"']?)([A-Za-z_]\w*)\2")
_WORD_LINE = re.compile(rb"^(?P<tabs>\t*)(?P<word>[A-Za-z_]\w*)\r?$", re.MULTILINE)
_WITH_BODY = ("RUN", "COPY", "ADD")


@dataclass(frozen=True)
class Instruction:
    """An instruction with its continuation lines joined, and the bodies of its here-documents."""

    keyword: str
    text: Fragment
    bodies: tuple[Span, ...] = ()


def texts(source: Source) -> Iterator[Fragment | Listing]:
    """What each build stage runs, and what its image runs."""
    windows = "its escape character is a backquote" if _ESCAPE.match(source.data.removeprefix(BOM)) else ""
    stage: dict[str, Fragment | Listing] = {}
    lock = windows
    for instruction in _instructions(source.data):
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
                    yield _form(_rest(instruction.text, probe.end()).lock(lock))
    yield from _image(stage)


def outline(source: Source) -> object:
    """The keywords, in order."""
    return [instruction.keyword for instruction in _instructions(source.data)]


def _instructions(data: bytes) -> Iterator[Instruction]:
    position = len(BOM) if data.startswith(BOM) else 0
    ends = _Ends(data)
    while position < len(data):
        text, position = _joined(data, position)
        match = _KEYWORD.match(text.text)
        if not match:
            continue
        keyword = match[1].decode().upper()
        bodies: list[Span] = []
        for heredoc in _HEREDOC.finditer(text.text) if keyword in _WITH_BODY else ():
            end = ends.after(position, heredoc[3], bool(heredoc[1]))
            if end is not None:
                bodies.append(Span(position, end))
                position = data.find(b"\n", end) + 1 or len(data)
        yield Instruction(keyword, _rest(text, match.end()), tuple(bodies))


def _joined(data: bytes, position: int) -> tuple[Fragment, int]:
    """The instruction from ``position`` on without backslashes, comments and blank lines in it; its end."""
    start, parts = position, list[Piece]()
    while position < len(data):
        end = data.find(b"\n", position) + 1 or len(data)
        line = data[position:end].rstrip()
        if line and not line.lstrip().startswith(b"#"):
            more = line.endswith(b"\\")
            parts += pieces(data, Span(position, position + len(line) - more))
            if not more:
                position = end
                break
        elif not parts:
            start = end
        position = end
    return Fragment(Span(start, position), tuple(parts)), position


def _rest(text: Fragment, start: int) -> Fragment:
    return text.sub(start, len(text.text))


class _Ends:
    """The lines that could end a here-document, found in one pass over the file."""

    def __init__(self, data: bytes) -> None:
        self.places: dict[tuple[bytes, bool], list[int]] = {}
        for match in _WORD_LINE.finditer(data) if b"<<" in data else ():
            self.places.setdefault((match["word"], True), []).append(match.start())
            if not match["tabs"]:
                self.places.setdefault((match["word"], False), []).append(match.start())

    def after(self, position: int, word: bytes, tabs: bool) -> int | None:
        """Where the first line of only ``word`` begins, from ``position`` on; ``tabs`` may precede it."""
        places = self.places.get((word, tabs), [])
        index = bisect_left(places, position)
        return places[index] if index < len(places) else None


def _run(data: bytes, instruction: Instruction, lock: str) -> Iterator[Fragment | Listing]:
    options = _OPTIONS.match(instruction.text.text)
    text = _rest(instruction.text, options.end() if options else 0)
    if not instruction.bodies:
        yield _form(text.lock(lock))
        return
    reason = lock or "with a here-document"
    if not _HEREDOC.fullmatch(text.text.strip()):
        whole = Span(text.span.end, data.find(b"\n", instruction.bodies[-1].end) + 1 or len(data))
        yield Fragment(text.span, (*text.pieces, *pieces(data, whole)), reason)
    if _HEREDOC.fullmatch(text.text.strip()) or is_shell(text.text.split()[0].decode()):
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
