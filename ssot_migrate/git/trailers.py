"""What the commits of a branch say of themselves: the plan that made them, and its base."""

from __future__ import annotations

import re
from typing import NamedTuple

from ssot_migrate.git.repository import Repository

_FIELDS = ("%H", "%T", "%P", "%an", "%s", "%B")
_TRAILER = re.compile(r"^SSOT-(Plan|Base): ([0-9a-f]{40,64})$", re.MULTILINE)


class Made(NamedTuple):
    """A commit; ``plan`` and ``base`` are "" if this tool did not make it."""

    commit: str
    tree: str
    parents: tuple[str, ...]
    author: str
    subject: str
    plan: str
    base: str
    message: str


def newest_made(repo: Repository, commit: str) -> Made | None:
    """The newest commit of this tool from ``commit`` back, along first parents."""
    found = _log(repo, "-1", "--grep=^SSOT-Plan: [0-9a-f]*$", commit)
    return found[0] if found and found[0].plan and found[0].base else None


def commits_between(repo: Repository, base: str, commit: str) -> list[Made]:
    """The commits from ``base`` to ``commit`` along first parents, oldest first, ``base`` left out."""
    return _log(repo, "--reverse", f"{base}..{commit}")


def base_of(repo: Repository, commit: str) -> str:
    """The base that the newest commit of this tool names, if ``commit`` stands on it; else ""."""
    made = newest_made(repo, commit)
    stands = made and repo.git.succeeds("merge-base", "--is-ancestor", made.base, commit)
    return made.base if made and stands else ""


def _log(repo: Repository, *arguments: str) -> list[Made]:
    form = "%x00".join(_FIELDS)
    command = ("log", "-z", "--no-show-signature", "--first-parent", f"--format={form}%x00")
    parts = repo.git.text(*command, *arguments, "--").split("\0")
    size = len(_FIELDS) + 1
    return [_made(parts[at : at + size]) for at in range(0, len(parts) - size + 1, size)]


def _made(parts: list[str]) -> Made:
    commit, tree, parents, author, subject, message = parts[: len(_FIELDS)]
    trailers = dict(_TRAILER.findall(message))
    plan, base = trailers.get("Plan", ""), trailers.get("Base", "")
    return Made(commit, tree, tuple(parents.split()), author, subject, plan, base, message)
