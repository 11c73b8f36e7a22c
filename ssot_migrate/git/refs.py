"""Refs, read at once and written in one transaction that compares before it swaps."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from ssot_migrate.errors import GitError, Refused
from ssot_migrate.git.process import GitProcess


class Ref(NamedTuple):
    """A ref and what it points at; ``checked_out`` is the folder of the working tree that is on it."""

    name: str
    commit: str
    checked_out: str


class RefUpdate(NamedTuple):
    """A ref to create (``old`` is ""), to delete (``new`` is "") or to move from ``old`` to ``new``."""

    name: str
    new: str
    old: str = ""


def read_refs(git: GitProcess, prefix: str) -> dict[str, Ref]:
    """All refs under ``prefix`` (which ends in a slash), by name."""
    fields = "%(refname)%00%(objectname)%00%(worktreepath)"
    lines = git.text("for-each-ref", f"--format={fields}", prefix).split("\n")
    refs = (Ref(*line.split("\0")) for line in lines if line)
    return {ref.name: ref for ref in refs}


def write_refs(git: GitProcess, updates: Sequence[RefUpdate], reason: str) -> None:
    """Make all ``updates``, or none of them.

    Raises:
        Refused: a ref was created or moved by somebody else, or a branch of another name is in the way.
    """
    commands = ["start", *(part for update in updates for part in _commands(update)), "prepare", "commit", ""]
    try:
        git.output("update-ref", "--stdin", "-z", "-m", reason, stdin="\0".join(commands).encode())
    except GitError as error:
        hint = error.hint or "no branch was written; move or delete the branch in the way, then try again"
        raise Refused(error.message, hint=hint) from error


def _commands(update: RefUpdate) -> tuple[str, ...]:
    if not update.new:
        return "option no-deref", f"delete {update.name}", update.old
    if update.old:
        return "option no-deref", f"update {update.name}", update.new, update.old
    return "option no-deref", f"create {update.name}", update.new
