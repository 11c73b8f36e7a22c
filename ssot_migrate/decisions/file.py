"""Decisions as a file fit for git, one sorted line each.

``VERDICT FINGERPRINT RULE PATH SCOPE REASON``, parted by spaces; ``#`` opens a comment line. The fingerprint
and the path say which finding is meant, the rest is there for readers. In path and scope, spaces, ``%`` and
what cannot be printed stand as ``%XX``; an empty scope is ``-``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from pathlib import Path
from urllib.parse import quote, unquote

from ssot_migrate.atomic import write_atomically
from ssot_migrate.decisions import Decision, Ruling, merge, one_line
from ssot_migrate.errors import Refused, UsageError

HEAD = (
    "# Decisions on findings of ssot-migrate; `ssot-migrate review` writes them, `--decisions` obeys them.\n"
)
_FINGERPRINT = re.compile(r"[0-9a-f]{16}")
_FORM = "VERDICT FINGERPRINT RULE PATH SCOPE REASON"


def render(decisions: Iterable[Decision]) -> str:
    """The text of a decisions file."""
    return HEAD + "".join(f"{_render(decision)}\n" for decision in merge(decisions))


def parse(text: str, name: str) -> tuple[Decision, ...]:
    """The decisions in ``text``, in canonical order; ``name`` is what errors call the file.

    Raises:
        UsageError: names the line that makes no sense, or the two that contradict each other.
    """
    found: dict[tuple[str, str], tuple[int, Decision]] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if not line.strip() or line.startswith("#"):
            continue
        decision = _parse(line, f"{name}:{number}")
        before, other = found.setdefault((decision.path, decision.fingerprint), (number, decision))
        if other.ruling is not decision.ruling:
            raise UsageError(
                f"{name}:{number}: contradicts line {before} on {decision.path}: "
                f"{other.ruling.value} there, {decision.ruling.value} here",
                hint="keep one of the two lines",
            )
    return merge(decision for _, decision in found.values())


def load(path: Path) -> tuple[Decision, ...]:
    """The decisions in a file.

    Raises:
        UsageError: it is not there, cannot be read, or a line makes no sense.
    """
    try:
        text = path.read_bytes().decode("utf-8")
    except OSError as error:
        hint = "`ssot-migrate review` writes one, or create it empty"
        raise UsageError(f"cannot read the decisions: {error}", hint=hint) from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8: {error.reason} at byte {error.start}") from error
    return parse(text, str(path))


def save(decisions: Iterable[Decision], path: Path) -> None:
    """Write a decisions file, all or nothing.

    Raises:
        Refused: ``path`` is there and is no regular file (a link would be written through).
        UsageError: it cannot be written.
    """
    if path.is_symlink() or (path.exists() and not path.is_file()):
        raise Refused(f"{path} is not a regular file", hint="name another file for the decisions")
    try:
        write_atomically(path, render(decisions).encode())
    except OSError as error:
        raise UsageError(f"cannot write the decisions: {error}", hint="name a folder of yours") from error


def _render(decision: Decision) -> str:
    parts = (decision.ruling.value, decision.fingerprint, decision.rule, _coded(decision.path))
    return " ".join((*parts, _coded(decision.scope) or "-", one_line(decision.reason))).rstrip()


def _parse(line: str, where: str) -> Decision:
    if line.startswith(("<<<<<<<", "=======", ">>>>>>>", "|||||||")):
        raise UsageError(f"{where}: a conflict that nobody resolved", hint="keep the lines that shall hold")
    parts = line.split(maxsplit=5)
    if len(parts) < 5:
        raise UsageError(f"{where}: not a decision", hint=f"a line is {_FORM}")
    ruling, fingerprint, rule, path, scope, *reason = parts
    if ruling not in {known.value for known in Ruling}:
        known = ", ".join(known.value for known in Ruling)
        raise UsageError(f"{where}: {ruling[:40]!r} is none of {known}", hint=f"a line is {_FORM}")
    if not _FINGERPRINT.fullmatch(fingerprint):
        raise UsageError(
            f"{where}: {fingerprint[:40]!r} is no fingerprint",
            hint="`plan --format json` has those of all findings",
        )
    scope = "" if scope == "-" else _decoded(scope)
    return Decision(fingerprint, Ruling(ruling), rule, _decoded(path), scope, one_line("".join(reason)))


def _coded(text: str) -> str:
    return "".join(char if _plain(char) else quote(char, safe="", errors="surrogateescape") for char in text)


def _plain(char: str) -> bool:
    return char.isprintable() and char not in " %"


def _decoded(text: str) -> str:
    return unquote(text, errors="surrogateescape")
