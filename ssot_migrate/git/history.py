"""Between commits: what they have in common, what leads to one, and what differs."""

from __future__ import annotations

from collections.abc import Iterator

from ssot_migrate.errors import UsageError
from ssot_migrate.git.repository import Repository


def merge_base(repo: Repository, revision: str) -> str:
    """The last commit that HEAD and a user's ``revision`` have in common.

    Raises:
        UsageError: there is no such commit, or nothing in common.
    """
    other = repo.resolve(revision)
    found = repo.git.succeeds("merge-base", other, repo.head_commit())
    if not found:
        hint = "in a shallow clone: git fetch --unshallow" if repo.is_shallow() else "name another branch"
        raise UsageError(f"HEAD and {revision!r} have no commit in common", hint=hint)
    return repo.git.text("merge-base", other, repo.head_commit())


def first_parents(repo: Repository) -> Iterator[tuple[str, int]]:
    """Each commit from HEAD back along first parents, and when it was committed (see ``commit_time``)."""
    command = ("log", "--first-parent", "--no-show-signature", "--format=%H %ct", "--end-of-options")
    for line in repo.git.text(*command, repo.head_commit()).splitlines():
        commit, _, committed = line.partition(" ")
        yield commit, int(committed)


def changes(repo: Repository, parent: str, commit: str) -> dict[str, tuple[str, str]]:
    """Mode and object id in ``commit`` of every path that differs from ``parent`` (zeros: deleted)."""
    command = ("diff-tree", "-r", "-z", "--raw", "--no-renames", "--no-abbrev", "--end-of-options")
    parts = iter(repo.git.names(*command, parent, commit))
    rows = ((meta.split(" "), path) for meta, path in zip(parts, parts, strict=True))
    return {path: (row[1], row[3]) for row, path in rows}


def renames(repo: Repository, parent: str, commit: str | None) -> dict[str, str]:
    """New path by old one of files that ``commit`` (None: the index) has under another name."""
    plain = ("-z", "--name-status", "--diff-filter=R", "-M", "--end-of-options")
    command = (
        ("diff-tree", "-r", *plain, parent, commit) if commit else ("diff-index", "--cached", *plain, parent)
    )
    parts = iter(repo.git.names(*command))
    return {old: new for _, old, new in zip(parts, parts, parts, strict=True)}


def diff(repo: Repository, parent: str, commit: str) -> bytes:
    """The changes from ``parent`` to ``commit`` as a patch that ``git apply`` takes, binary files too."""
    plain = ("--no-ext-diff", "--no-textconv", "--no-renames", "--no-color")
    command = ("diff-tree", "-r", "-p", "--binary", "--full-index", *plain)
    return repo.git.output(*command, "--end-of-options", parent, commit)
