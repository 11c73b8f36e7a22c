"""Carrying people's commits onto another commit: three-way merges in memory, and no ref is written."""

from __future__ import annotations

import os
from collections.abc import Sequence

from ssot_migrate.errors import Refused
from ssot_migrate.git.repository import Repository

_NEEDS = "git 2.38 or later is needed to carry commits over"


def carry(repo: Repository, commits: Sequence[str], onto: str) -> str:
    """The tip of ``commits``, oldest first and each with one parent, made again on ``onto``.

    Author, committer, dates and message stay; signatures, which no longer fit, go. A commit whose changes
    ``onto`` has already is left out.

    Raises:
        Refused: one does not fit, with its files; or git cannot merge without a working tree.
    """
    for commit in commits:
        tree = _merged(repo, commit, onto)
        is_empty = repo.tree_id(commit) == repo.tree_id(f"{commit}^1")
        if is_empty or tree != repo.tree_id(onto):
            onto = _made(repo, commit, tree, onto)
    return onto


def _merged(repo: Repository, commit: str, onto: str) -> str:
    """The tree of ``onto`` with what ``commit`` changes."""
    before = _bare(repo, repo.tree_id(f"{commit}^1"))
    ours, theirs = (_bare(repo, repo.tree_id(each), before) for each in (onto, commit))
    command = ("merge-tree", "--write-tree", "--name-only", "--no-messages", "-z", ours, theirs)
    status, output = repo.git.status(*command)
    tree, *names = os.fsdecode(output).split("\0")
    if status == 1:
        files = ", ".join(sorted({name for name in names if name})[:5])
        hint = "rebase it by hand, or take the commit off the branch first; nothing was written"
        raise Refused(f"commit {commit[:12]} does not fit the new branch: {files}", hint=hint)
    if status:
        raise Refused(_NEEDS, hint="update git, or cherry-pick the commits by hand; nothing was written")
    return tree


def _bare(repo: Repository, tree: str, parent: str = "") -> str:
    """A commit that serves one merge: git before 2.40 takes no other word for what a merge stands on."""
    above = ("-p", parent) if parent else ()
    nobody = {
        f"GIT_{who}_{what}": "ssot-migrate" for who in ("AUTHOR", "COMMITTER") for what in ("NAME", "EMAIL")
    }
    git = repo.git.with_environment(**nobody)
    return git.text("commit-tree", tree, *above, "-m", "a side of a merge")


def _made(repo: Repository, commit: str, tree: str, parent: str) -> str:
    data = repo.git.output("cat-file", "commit", commit)
    head, gap, message = data.partition(b"\n\n")
    kept = []
    signature = False
    for line in head.split(b"\n"):
        signature = line.startswith(b"gpgsig") or (signature and line.startswith(b" "))
        if not signature and not line.startswith((b"tree ", b"parent ")):
            kept.append(line)
    lines = [f"tree {tree}".encode(), f"parent {parent}".encode(), *kept]
    made = b"\n".join(lines) + gap + message
    return repo.git.output("hash-object", "-t", "commit", "-w", "--stdin", stdin=made).decode().strip()
