"""Recipe lines of a Makefile, as make hands them to the shell."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, pairwise

from ssot_migrate.edits import Span
from ssot_migrate.languages.fragments import BOM, Fit, Fragment, Piece
from ssot_migrate.languages.pieces import pieces, substituted
from ssot_migrate.languages.shell_words import is_shell
from ssot_migrate.model import Source

_NESTED = rb"(?:[^(){}]++|\((?:[^()]++|\([^()]*+\))*+\)|\{(?:[^{}]++|\{[^{}]*+\})*+\})*+"
_EXPANDED = rb"\$\(" + _NESTED + rb"\)|\$\{" + _NESTED + rb"\}"
_PATTERN = re.compile(rb"(?P<dollar>\$\$)|" + substituted(_EXPANDED + rb"|\$[^$({\s]").pattern)
_RULE = re.compile(rb" *[^\s#=:][^#=:]*+&?::?(?![:=])(?P<rest>.*)", re.DOTALL)
_SETTING = re.compile(
    rb"\s*(?:(?:export|override|private)\s+)*(?P<name>[^\s:#=!?+]+)\s*[:?+!]{0,3}=\s*(?P<value>.*)", re.DOTALL
)
_BETWEEN = re.compile(rb"\s*(?:(?:ifn?eq|ifn?def|else|endif)\b.*|#.*|)", re.DOTALL)
_DEFINE = re.compile(rb"\s*(?:(?:export|override)\s+)*define\b")
_ENDEF = re.compile(rb"\s*endef\b")
_ONE_SHELL = re.compile(rb"^\.ONESHELL\s*:", re.MULTILINE)
_INLINE = re.compile(rb"(?:" + _EXPANDED + rb"|[^;#=$]|\$[^({])*+;")
_FLAGS = re.compile(rb"[ \t@+-]*")
_PROGRAM = re.compile(r"[\w./-]+")


@dataclass
class _State:
    """What the lines above have set; ``rule`` counts rules, 0 where a recipe line cannot stand."""

    prefix: bytes = b"\t"
    rule: int = 0
    rules: int = 0
    defines: int = 0
    shell: str = ""


def texts(source: Source) -> Iterator[Fragment]:
    """One shell text per recipe line with its continuations, or per recipe under ``.ONESHELL``."""
    lines = _recipe_lines(source.data)
    if not _ONE_SHELL.search(source.data):
        yield from (line for _, line in lines)
        return
    for _, group in groupby(lines, key=lambda pair: pair[0]):
        yield _one([line for _, line in group])


def outline(source: Source) -> object:
    """Every byte around recipe lines; their number with it."""
    position = 0
    around: list[bytes] = []
    for _, line in _recipe_lines(source.data):
        around.append(source.data[position : line.span.start])
        position = line.span.end
    return [*around, source.data[position:]]


def _one(lines: list[Fragment]) -> Fragment:
    parts = [*lines[0].pieces]
    for before, line in pairwise(lines):
        parts += (Piece(b"\n", Span(before.span.end, line.span.start), Fit.LOOSE), *line.pieces)
    return Fragment(Span(lines[0].span.start, lines[-1].span.end), tuple(parts), lines[0].locked)


def _recipe_lines(data: bytes) -> Iterator[tuple[int, Fragment]]:
    """Each logical recipe line with the number of its rule, without prefix and flags."""
    state = _State()
    for line in _logical_lines(data):
        text = line.slice(data)
        if state.defines:
            step = bool(_DEFINE.match(text)) - bool(_ENDEF.match(text))
            state.defines += step
            if not step:
                yield 0, _line(data, line, b"", "in a define, which may be no recipe")
        elif state.rule and text.startswith(state.prefix):
            yield state.rule, _line(data, line, state.prefix, state.shell)
        elif not _BETWEEN.fullmatch(text):
            inline = _read(state, text)
            if inline is not None:
                yield state.rule, _line(data, Span(line.start + inline, line.end), b"", state.shell)


def _logical_lines(data: bytes) -> Iterator[Span]:
    """Lines without their ends, each with the lines that a backslash joins to it."""
    start = position = len(BOM) if data.startswith(BOM) else 0
    while position < len(data):
        newline = data.find(b"\n", position)
        end = len(data) if newline < 0 else newline
        stop = end - (data[end - 1 : end] == b"\r")
        text = data[position:stop]
        position = end + 1
        if (len(text) - len(text.rstrip(b"\\"))) % 2 and position < len(data):
            continue
        yield Span(start, max(start, stop))
        start = position


def _read(state: _State, text: bytes) -> int | None:
    """Take note of a line that is no recipe; where its inline recipe begins, if it is a rule with one."""
    rule, setting = _RULE.match(text), _SETTING.match(text)
    if _DEFINE.match(text):
        state.defines, state.rule = 1, 0
    elif rule:
        state.rules += 1
        state.rule = state.rules
        inline = _INLINE.match(text, rule.start("rest"))
        return inline.end() if inline else None
    else:
        state.rule = 0
        if setting:
            _set(state, setting["name"], setting["value"].decode())
    return None


def _set(state: _State, name: bytes, value: str) -> None:
    if name == b".RECIPEPREFIX":
        state.prefix = value[:1].encode() or b"\t"
    elif name == b"SHELL":
        known = any(is_shell(program) for program in _PROGRAM.findall(value))
        state.shell = "" if known else f"its shell is {value.strip()}"


def _line(data: bytes, line: Span, prefix: bytes, locked: str) -> Fragment:
    start = line.start + len(prefix)
    flags = _FLAGS.match(data, start, line.end)
    start = flags.end() if flags else start
    parts = list(pieces(data, Span(start, line.end), _PATTERN))
    if prefix not in (b"", b"\t"):
        parts = [part for piece in parts for part in _without_prefix(piece, prefix)]
    return Fragment(Span(start, line.end), tuple(parts), locked)


def _without_prefix(piece: Piece, prefix: bytes) -> Iterator[Piece]:
    """A piece without the prefix characters that continuation lines begin with."""
    position = piece.span.start
    for part in re.split(rb"(?<=\\\n)" + re.escape(prefix), piece.text):
        yield Piece(part, Span(position, position + len(part)), piece.fit)
        position += len(part) + len(prefix)
