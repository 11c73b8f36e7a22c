"""A unified diff straight from edits: cost in proportion to what changes, not to the file."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from ssot_migrate.edits import Edit, splice
from ssot_migrate.plans.model import FilePlan
from ssot_migrate.reports.lined import Block, Lined, lines_of

_CONTEXT = 3
_SPECIAL = re.compile(rb'[\x00-\x1f\x7f"\\]')


def unified(file: FilePlan, before: Lined) -> bytes:
    """The diff of one file's whole plan, in git's format."""
    edits = [Edit(e.start, e.end, e.text) for e in file.final]
    found = list(blocks(before, edits, file.encoding))
    if not found and not file.moved:
        return b""
    path, place = (name.encode("utf-8", "surrogateescape") for name in (file.path, file.moved or file.path))
    old, new = _name(b"a/" + path), _name(b"b/" + place)
    head = [b"diff --git %s %s\n" % (old, new)]
    if file.moved:
        return b"".join([*head, b"similarity index 100%\n", _rename(file)])
    if not file.before:
        head.append(b"new file mode %s\n" % file.mode.encode())
    head.append(_blobs(file))
    head += [b"--- %s\n" % (old if file.before else b"/dev/null"), b"+++ %s\n" % new]
    return b"".join([*head, *_hunks(before.lines, found)])


def _blobs(file: FilePlan) -> bytes:
    """What lets git merge the diff into a file that differs from ``before``."""
    after = file.steps[-1].after
    mode = f" {file.mode}" if file.before else ""
    return f"index {file.before or '0' * len(after)}..{after}{mode}\n".encode()


def _rename(file: FilePlan) -> bytes:
    old, new = (_name(name.encode("utf-8", "surrogateescape")) for name in file.paths)
    return b"rename from %s\nrename to %s\n" % (old, new)


def _name(path: bytes) -> bytes:
    """A path as git writes and reads it: in quotes if it has what would end it or move a cursor."""
    if not _SPECIAL.search(path):
        return path
    return b'"%s"' % _SPECIAL.sub(lambda found: b"\\%03o" % found[0][0], path)


def excerpt(file: FilePlan, fingerprint: str, before: Lined) -> bytes:
    """The hunks of one finding's edits alone, without the head of a file; where it goes, if it moves."""
    if file.moved:
        return _rename(file)
    edits = [Edit(e.start, e.end, e.text) for e in file.final if fingerprint in e.findings]
    found = list(blocks(before, edits, file.encoding))
    return b"".join(_hunks(before.lines, found)) if found else b""


def blocks(before: Lined, edits: Sequence[Edit], encoding: str) -> Iterator[Block]:
    """Runs of whole lines that edits touch: first line, line after the last, and the new lines."""
    group: list[Edit] = []
    for edit in sorted(edits):
        if group and edit.start > _line_end(before.starts, group[-1].end):
            yield from _remembered(before, tuple(group), encoding)
            group = []
        group.append(edit)
    if group:
        yield from _remembered(before, tuple(group), encoding)


def _remembered(before: Lined, group: tuple[Edit, ...], encoding: str) -> Sequence[Block]:
    """What a group of edits changes: a page asks for each finding, a patch once more for all."""
    if group not in before.changed:
        before.changed[group] = tuple(_changed(before, group, encoding))
    return before.changed[group]


def _line_end(starts: Sequence[int], offset: int) -> int:
    return starts[min(bisect_right(starts, offset), len(starts) - 1)]


def _changed(before: Lined, group: Sequence[Edit], encoding: str) -> Iterator[Block]:
    """The blocks of lines that really differ, within the lines that a group of edits touches."""
    starts = before.starts
    first = max(0, min(bisect_right(starts, group[0].start) - 1, len(starts) - 2))
    last = max(bisect_right(starts, max(edit.end for edit in group)), first + 1)
    last = min(last, len(starts) - 1)
    origin, end = starts[first], starts[last]
    moved = [Edit(edit.start - origin, edit.end - origin, edit.text) for edit in group]
    old, new = before.lines[first:last], lines_of(splice(before.data[origin:end], moved, encoding))
    if set(old).isdisjoint(new):
        if old or new:
            yield first, last, new
        return
    matcher = SequenceMatcher(None, old, new, autojunk=False)
    for tag, start, stop, new_start, new_stop in matcher.get_opcodes():
        if tag != "equal":
            yield first + start, first + stop, new[new_start:new_stop]


def _hunks(lines: Sequence[bytes], found: Sequence[Block]) -> Iterator[bytes]:
    shift = 0
    group: list[Block] = []
    for block in found:
        if group and block[0] - group[-1][1] > 2 * _CONTEXT:
            yield from _hunk(lines, group, shift)
            shift += sum(len(new) - (last - first) for first, last, new in group)
            group = []
        group.append(block)
    yield from _hunk(lines, group, shift)


def _hunk(lines: Sequence[bytes], group: Sequence[Block], shift: int) -> Iterator[bytes]:
    start = max(0, group[0][0] - _CONTEXT)
    end = min(len(lines), group[-1][1] + _CONTEXT)
    grown = sum(len(new) - (last - first) for first, last, new in group)
    yield b"@@ -%s +%s @@\n" % (_range(start, end - start), _range(start + shift, end - start + grown))
    position = start
    for first, last, new in group:
        yield _signed(b" ", lines[position:first])
        yield _signed(b"-", lines[first:last])
        yield _signed(b"+", new)
        position = last
    yield _signed(b" ", lines[position:end])


def _range(start: int, count: int) -> bytes:
    return b"%d,%d" % (start + 1 if count else start, count)


def _signed(sign: bytes, lines: Sequence[bytes]) -> bytes:
    """Each of ``lines``, of which only the last of a file has no end, behind ``sign``."""
    if not lines:
        return b""
    end = b"" if lines[-1].endswith(b"\n") else b"\n\\ No newline at end of file\n"
    return sign + sign.join(lines) + end
