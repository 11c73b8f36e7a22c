"""The baseline: a text file of accepted violations, one sorted line each, in both directions a ratchet.

``rule path scope kind snippet ordinal [until=DATE] -- reason``; a field that is empty or holds a
space stands in double quotes, as in JSON. Lines that start with ``#`` are comments.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable
from datetime import date
from pathlib import Path
from typing import NamedTuple

from ssot_migrate.compliance.model import Line, Status, Violation
from ssot_migrate.errors import UsageError
from ssot_migrate.findings import Finding, Key
from ssot_migrate.plans.store import write_whole

_HEADER = """\
# Violations that are accepted for now: new ones fail `ssot-migrate check --baseline`, and so do lines of
# fixed ones. rule path scope kind snippet ordinal [until=DATE] -- reason
"""
_FIELD = re.compile(r'"(?:[^"\\]|\\.)*"|[^\s"]\S*')
_PLAIN = re.compile(r"[!#-~]+")
_ORDINAL = re.compile(r"[1-9][0-9]{0,8}")
_TAIL = re.compile(r"(?: until=(\d{4}-\d\d-\d\d))? -- (\S.*)")


class Baseline(NamedTuple):
    """The lines of a baseline file, and the comments at its head."""

    lines: tuple[Line, ...] = ()
    comments: str = _HEADER


def read_baseline(path: Path) -> Baseline:
    """The baseline in ``path``; an empty one if there is no such file.

    Raises:
        UsageError: names the line that cannot be read, or stands there twice.
    """
    try:
        text = path.read_text("utf-8")
    except FileNotFoundError:
        return Baseline()
    except (OSError, UnicodeDecodeError) as error:
        raise UsageError(f"cannot read the baseline {path}: {error}") from error
    comments = [line for line in text.splitlines() if line.startswith("#")]
    found: dict[str, Line] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if line.strip() and not line.startswith("#"):
            read = _line(line, f"{path}:{number}")
            if read.key.fingerprint in found:
                raise UsageError(f"{path}:{number}: this violation is listed twice", hint="remove one line")
            found[read.key.fingerprint] = read
    return Baseline(tuple(found.values()), "".join(f"{line}\n" for line in comments) or _HEADER)


def _line(text: str, where: str) -> Line:
    fields: list[str] = []
    position = 0
    while len(fields) < 6 and (match := _FIELD.match(text, position)):
        fields.append(_unquoted(match[0], where))
        position = match.end() + (len(fields) < 6)
    tail = _TAIL.fullmatch(text, position)
    if len(fields) < 6 or not _ORDINAL.fullmatch(fields[5]) or tail is None:
        raise UsageError(
            f"{where}: is no line of a baseline",
            hint="rule path scope kind snippet ordinal [until=2026-12-31] -- reason",
        )
    rule, path, scope, kind, snippet, ordinal = fields
    key = Key(rule, path, scope, kind, snippet, int(ordinal))
    return Line(key, tail[2], _date(tail[1] or "", where))


def _unquoted(field: str, where: str) -> str:
    if not field.startswith('"'):
        return field
    try:
        return str(json.loads(field))
    except ValueError as error:
        raise UsageError(f"{where}: {field[:60]} is no JSON string", hint="see docs/check.md") from error


def _date(text: str, where: str) -> str:
    try:
        return date.fromisoformat(text).isoformat() if text else ""
    except ValueError as error:
        raise UsageError(f"{where}: {text} is no day", hint="until=2026-12-31") from error


def written(line: Line) -> str:
    """A line as it stands in the file."""
    key = line.key
    fields = (key.rule, key.path, key.scope, key.kind, key.snippet)
    until = f" until={line.until}" if line.until else ""
    return f"{' '.join(map(_quoted, fields))} {key.ordinal}{until} -- {line.reason}"


def _quoted(field: str) -> str:
    return field if _PLAIN.fullmatch(field) and field[0] != "#" else json.dumps(field)


def save_baseline(path: Path, baseline: Baseline) -> None:
    """Write a baseline, sorted, whole or not at all.

    Raises:
        Refused, UsageError: see ``write_whole``.
    """
    lines = "".join(f"{text}\n" for text in sorted(map(written, baseline.lines)))
    write_whole(path, (baseline.comments + lines).encode(), "the baseline")


def judge(findings: Iterable[Finding], lines: Iterable[Line], today: date) -> tuple[Violation, ...]:
    """Each finding as new, accepted, or accepted until a day that has passed."""
    listed = {line.key.fingerprint: line for line in lines}
    return tuple(_judged(finding, listed.get(finding.fingerprint), today) for finding in findings)


def _judged(finding: Finding, line: Line | None, today: date) -> Violation:
    if line is None:
        return Violation(finding)
    over = line.until and line.until < today.isoformat()
    return Violation(finding, Status.EXPIRED if over else Status.ACCEPTED, line.reason, line.until)


def fixed(
    lines: Iterable[Line], present: Collection[str], concerns: Callable[[Key], bool]
) -> tuple[Line, ...]:
    """Lines that ``concerns`` says this run looked at, with none of the fingerprints ``present``."""
    return tuple(sorted(line for line in lines if line.key.fingerprint not in present and concerns(line.key)))


def updated(baseline: Baseline, gone: Collection[Line], new: Iterable[Line] = ()) -> Baseline:
    """``baseline`` without the lines ``gone``, and with ``new`` ones, which take the place of older ones."""
    lines = {line.key.fingerprint: line for line in baseline.lines if line not in gone}
    lines |= {line.key.fingerprint: line for line in new}
    return baseline._replace(lines=tuple(lines.values()))
