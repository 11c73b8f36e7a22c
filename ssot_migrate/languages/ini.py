"""Commands of tox, in tox.ini and setup.cfg."""

from __future__ import annotations

import configparser
import re
from collections.abc import Iterator
from pathlib import PurePosixPath

from ssot_migrate.edits import Span
from ssot_migrate.languages.fragments import BOM, Fragment, Piece, Unreadable
from ssot_migrate.languages.pieces import lines_in, pieces, substituted
from ssot_migrate.model import Source

_SECTION = re.compile(rb"\[([^\]\r\n]+)\]")
_OPTION = re.compile(rb"(?P<name>[^\s:=#;\[][^:=\r\n]*?)[ \t]*[:=][ \t]*")
_COMMANDS = {b"commands", b"commands_pre", b"commands_post"}
_FACTORS = re.compile(rb"[ \t]*(?:!?[\w.{},!-]+[ \t]*:[ \t]+)?(?:[-!][ \t]*)*")
_BRACES = rb"\{(?=\S)(?:[^{}\n]++|\{(?:[^{}\n]++|\{[^{}\n]*+\})*+\})*+\}"

SUBSTITUTIONS = substituted(_BRACES)


def texts(source: Source) -> Iterator[Fragment]:
    """One shell text per command of a test environment.

    Raises:
        Unreadable: no valid INI file.
    """
    _sections(source.data.removeprefix(BOM).decode())
    any_section = PurePosixPath(source.path).name.lower() == "tox.ini"
    start = len(BOM) if source.data.startswith(BOM) else 0
    yield from command_texts(source.data, Span(start, len(source.data)), any_section)


def outline(source: Source) -> object:
    """Sections and the names of their options.

    Raises:
        Unreadable: no valid INI file.
    """
    return _sections(source.data.removeprefix(BOM).decode())


def command_texts(data: bytes, span: Span, any_section: bool, locked: str = "") -> Iterator[Fragment]:
    """The commands of the INI text in ``span``, of ``testenv`` sections or of any."""
    read = wanted = False
    command: list[Span] = []
    for line in lines_in(data, span):
        text = line.slice(data)
        section, option = _SECTION.match(text), _OPTION.match(text)
        if text.strip() and not text[:1].isspace():
            wanted = (any_section or section[1].startswith(b"testenv")) if section else wanted
            read = wanted and option is not None and option["name"].rstrip() in _COMMANDS
            line = Span(line.start + option.end(), line.end) if option else line
        if not read or text.lstrip().startswith((b"#", b";")) or section:
            continue
        command.append(line)
        if not text.rstrip().endswith(b"\\"):
            yield from _command(data, command, locked)
            command = []
    yield from _command(data, command, locked)


def _sections(text: str) -> dict[str, list[str]]:
    parser = configparser.ConfigParser(interpolation=None, strict=False)
    try:
        parser.read_string(text)
    except configparser.Error as error:
        raise Unreadable(f"not a valid INI file: {error.message.splitlines()[0]}") from error
    return {name: sorted(parser[name]) for name in parser}


def _command(data: bytes, lines: list[Span], locked: str) -> Iterator[Fragment]:
    """The text of one command without its factors (``py311: ``) and the mark of a failure to ignore."""
    if not lines or not b"".join(line.slice(data) for line in lines).strip():
        return
    factors = _FACTORS.match(data, lines[0].start, lines[0].end)
    start = factors.end() if factors else lines[0].start
    whole = [Span(start, lines[0].end), *lines[1:]]
    parts: list[Piece] = [piece for line in whole for piece in pieces(data, line, SUBSTITUTIONS)]
    yield Fragment(Span(start, lines[-1].end), tuple(parts), locked)
