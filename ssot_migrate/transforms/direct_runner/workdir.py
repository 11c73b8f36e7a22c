"""The folder that a command of a carrier file runs in, as far as the file shows it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ssot_migrate.edits import Span
from ssot_migrate.languages.shell import CHANGE_FOLDER
from ssot_migrate.model import Command, FileKind, Source
from ssot_migrate.transforms.direct_runner.execution import Folder
from ssot_migrate.transforms.direct_runner.folders import walked

_OWN_FOLDER = {FileKind.MAKE, FileKind.INI, FileKind.TOML, FileKind.JSON}
_CI = re.compile(
    r"\.github/(?:workflows|actions)/|\.circleci/|(?:^|/)\.pre-commit-config\.|"
    r"(?:^|/)\.?(?:gitlab-ci|azure-pipelines|bitbucket-pipelines|travis)"
)
_VALUE = rb"""["']?\s*[:=]\s*["']?([^\s"'#,]*)"""
_TOLD = {
    FileKind.YAML: re.compile(rb"working[-_]?directory" + _VALUE, re.IGNORECASE),
    FileKind.INI: re.compile(rb"^change_?dir" + _VALUE, re.MULTILINE),
    FileKind.TOML: re.compile(rb"\b(?:change_?dir|cwd|working_dir)" + _VALUE),
}
_SECTION = re.compile(rb"^\[([^\]\r\n]+)\]", re.MULTILINE)
_AT_SCRIPT = re.compile(r"""\$\(dirname\s+(?:--\s+)?["']?(?:\$0|\$\{?BASH_SOURCE(?:\[0\])?\}?)["']?\)["']?""")
_AT_TOP = re.compile(r"""\$\(git\s+rev-parse\s+--show-toplevel\)["']?""")


def folder_of(command: Command, commands: Sequence[Command], source: Source) -> Folder:
    """Where ``command`` runs: the carrier's own rule, then every change of folder before it."""
    folder = _start(command, source)
    for other in commands:
        if other.span.start >= command.span.start:
            break
        if other.words and other.words[0].text in CHANGE_FOLDER and _may_hold(other, command, source):
            sure = _within(command, other.branch) and _in_one_block(other, command, source)
            folder = _changed(folder, other, source, sure)
    return folder


def runs_in_checkout(source: Source) -> bool:
    """Whether the commands of a YAML file run in a checkout of the repository."""
    return _CI.search(source.path) is not None


def _start(command: Command, source: Source) -> Folder:
    own = source.path.rpartition("/")[0]
    included = source.path.endswith(".mk")
    if (source.kind in _OWN_FOLDER and not included) or runs_in_checkout(source):
        base = own if source.kind in _OWN_FOLDER else ""
        if _tells_another(command, source, base):
            return Folder(base, unknown="the file names another working directory")
        return Folder(base, sure=True)
    if own or source.kind is FileKind.YAML:
        return Folder("", unknown="nothing says in which folder this runs")
    return Folder("", sure=True, by_custom=True)


def _tells_another(command: Command, source: Source, base: str) -> bool:
    """Whether a setting that holds for ``command`` sends it to a folder other than ``base``."""
    pattern = _TOLD.get(source.kind)
    if pattern is None:
        return False
    holding = _sections(command, source.data) if source.kind is FileKind.INI else [source.data]
    values = [found[1].decode() for text in holding for found in pattern.finditer(text)]
    return any(walked(base, value.replace("{toxinidir}", ".")) != base for value in values)


def _sections(command: Command, data: bytes) -> list[bytes]:
    """The section of an INI file that a command stands in, after the one that it takes settings from."""
    heads = list(_SECTION.finditer(data))
    ends = [head.start() for head in heads[1:]] + [len(data)]
    named = {head[1]: data[head.end() : end] for head, end in zip(heads, ends, strict=True)}
    own = next((head[1] for head in reversed(heads) if head.start() < command.span.start), b"")
    inherited = _TOLD[FileKind.INI].search(named.get(own, b"")) is None and own.startswith(b"testenv")
    return [named.get(b"testenv", b""), named.get(own, b"")] if inherited else [named.get(own, data)]


def _may_hold(first: Command, second: Command, source: Source) -> bool:
    """Whether a change of folder in ``first`` may still hold when ``second`` runs."""
    if not _within(second, first.subshell):
        return False
    between = source.data[first.span.end : second.span.start]
    if source.kind is FileKind.MAKE and b".ONESHELL" in source.data:
        return True
    if source.kind in (FileKind.MAKE, FileKind.INI):
        return b"\n" not in between.replace(b"\\\n", b"").replace(b"\\\r\n", b"")
    if source.kind in (FileKind.TOML, FileKind.JSON):
        return b"\n" not in between and b'",' not in between
    return source.kind is not FileKind.YAML or not _outer_key(first, between, source.data)


def _within(command: Command, part: Span | None) -> bool:
    return part is None or part.start <= command.span.start < part.end


def _outer_key(first: Command, between: bytes, data: bytes) -> bool:
    """Whether a YAML key of an outer level stands between: another step, another shell."""
    line = data[data.rfind(b"\n", 0, first.span.start) + 1 : first.span.start]
    depth = len(line) - len(line.lstrip(b" "))
    keys = re.finditer(rb"^( *)(?:- +)?[\w.-]+:(?:\s|$)", between, re.MULTILINE)
    return any(len(key[1]) < depth or b":" in line for key in keys)


def _in_one_block(first: Command, second: Command, source: Source) -> bool:
    """Whether nothing lets a reader start anew in between: blocks of a document are not one shell."""
    between = source.data[first.span.end : second.span.start]
    return source.kind is not FileKind.MARKDOWN or not (b"```" in between or b"~~~" in between)


def _changed(base: Folder, change: Command, source: Source, sure: bool) -> Folder:
    place = _destination(base, change, source)
    if place is None:
        # A document shows commands of one repository; a script may go anywhere.
        outside = source.kind is not FileKind.MARKDOWN
        return Folder(base.path, unknown="a change of folder before it cannot be followed", outside=outside)
    if sure:
        return Folder(place, sure=True)
    return Folder(
        base.path, unknown=f"an earlier block may go to {place or 'the root'}", outside=base.outside
    )


def _destination(base: Folder, change: Command, source: Source) -> str | None:
    words = [word for word in change.words[1:] if word.text not in ("--", "-P", "-L")]
    if change.words[0].text == "popd" or len(words) != 1:
        return None
    raw = words[0].span.slice(source.data).decode().strip("\"'")
    for pattern, start in ((_AT_TOP, ""), (_AT_SCRIPT, source.path.rpartition("/")[0])):
        found = pattern.match(raw)
        if found and (pattern is _AT_TOP or source.kind is FileKind.SHELL):
            return walked(start, raw[found.end() :].lstrip("/"))
    return walked(base.path, words[0].text) if base.sure and words[0].plain else None
