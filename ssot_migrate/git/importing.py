"""Commits from bytes in memory: one ``git fast-import`` stream, and no ref until all is there."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import IO, NamedTuple

from ssot_migrate.git.process import GitProcess

# Only a name inside of the stream: it is reset to nothing at the end, so git never writes it.
_SCRATCH = "refs/ssot-migrate"
# Neighbours in the stream are unrelated files: trying to write one as a delta of the other takes a
# third of the time and saves nothing.
_COMMAND = ("fast-import", "--done", "--quiet", "--depth=0")


class NewFile(NamedTuple):
    """A file as a commit has it; without a mode, one that the commit removes."""

    mode: str
    path: str
    data: bytes


class NewCommit(NamedTuple):
    """A commit to make; ``parent`` is a commit id or the position of an earlier one in the stream."""

    parent: str | int
    message: str
    files: Sequence[NewFile]


class Signature(NamedTuple):
    """Who commits, and when (seconds since 1970, UTC)."""

    name: str
    address: str
    time: int


def import_commits(git: GitProcess, commits: Sequence[NewCommit], by: Signature, width: int) -> list[str]:
    """Write all ``commits`` into the object database and give their ids, in order; no ref is touched.

    ``width`` is the length of the repository's object ids.
    """
    with tempfile.TemporaryDirectory() as folder:
        marks = Path(folder) / "marks"
        with git.writing(*_COMMAND, f"--export-marks={marks}") as stream:
            for index, commit in enumerate(commits):
                _write(stream, index, commit, by)
            stream.write(f"reset {_SCRATCH}\nfrom {'0' * width}\n\ndone\n".encode())
        ids = dict(line.split() for line in marks.read_text().splitlines())
    return [ids[_mark(index)] for index in range(len(commits))]


def _write(stream: IO[bytes], index: int, commit: NewCommit, by: Signature) -> None:
    parent = _mark(commit.parent) if isinstance(commit.parent, int) else commit.parent
    stream.write(f"commit {_SCRATCH}\nmark {_mark(index)}\n".encode())
    stream.write(os.fsencode(f"committer {by.name} <{by.address}> {by.time} +0000\n"))
    stream.writelines(_data(commit.message.encode(errors="replace")))
    stream.write(f"from {parent}\n".encode())
    for file in commit.files:
        if not file.mode:
            stream.write(b"D %s\n" % _quoted(file.path))
            continue
        stream.write(b"M %s inline %s\n" % (file.mode.encode(), _quoted(file.path)))
        stream.writelines(_data(file.data))
    stream.write(b"\n")


def _mark(index: int) -> str:
    return f":{index + 1}"


def _data(data: bytes) -> Iterable[bytes]:
    return b"data %d\n" % len(data), data, b"\n"


def _quoted(path: str) -> bytes:
    plain = b'"%s"' % os.fsencode(path).replace(b"\\", b"\\\\").replace(b'"', b'\\"')
    return plain.replace(b"\n", b"\\n")
