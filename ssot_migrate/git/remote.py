"""What goes over the wire: reading a remote's refs, fetching a branch, pushing with a lease."""

from __future__ import annotations

import os
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from ssot_migrate.errors import GitError
from ssot_migrate.git.process import GitProcess, fail

# No `ext::`, which would run a command that a URL names.
_PROTOCOLS = "file:git:http:https:ssh"


class RemoteHead(NamedTuple):
    """The branch that a remote's HEAD names, and the commit it is at."""

    branch: str
    commit: str


class RemoteUpdate(NamedTuple):
    """Move the remote's ``ref`` to ``commit``, if it is at ``expected`` ("": if it is not there)."""

    ref: str
    commit: str
    expected: str = ""


def with_network(git: GitProcess, credentials: Mapping[str, str] | None = None) -> GitProcess:
    """The same git, allowed to talk; ``credentials`` are environment, never arguments that others can see.

    A transfer that stands still for a minute ends.
    """
    slow = {"GIT_HTTP_LOW_SPEED_LIMIT": "1", "GIT_HTTP_LOW_SPEED_TIME": "60"}
    ssh = {} if "GIT_SSH_COMMAND" in os.environ else {"GIT_SSH_COMMAND": "ssh -o BatchMode=yes"}
    return git.with_environment(GIT_ALLOW_PROTOCOL=_PROTOCOLS, **slow, **ssh, **(credentials or {}))


def upstream_url(git: GitProcess, name: str) -> str:
    """Where the remote ``name`` of a repository is pushed to; "" if there is no such remote."""
    status, url = git.status("remote", "get-url", "--push", "--end-of-options", name)
    return "" if status else os.fsdecode(url).strip()


def remote_head(git: GitProcess, url: str) -> RemoteHead:
    """The default branch of the remote.

    Raises:
        GitError: it cannot be reached, or has no branch yet.
    """
    branch = ""
    for line in git.text("ls-remote", "--symref", "--", url, "HEAD").splitlines():
        value, _, name = line.partition("\t")
        if value.startswith("ref: ") and name == "HEAD":
            branch = value.removeprefix("ref: refs/heads/")
        elif name == "HEAD" and branch:
            return RemoteHead(branch, value)
    raise GitError("the HEAD of the remote names no branch", hint="push a first commit, or name a `base`")


def remote_refs(git: GitProcess, url: str, pattern: str) -> dict[str, str]:
    """The commits of the remote's refs that match ``pattern``.

    Raises:
        GitError: it cannot be reached.
    """
    rows = (line.split("\t") for line in git.text("ls-remote", "--", url, pattern).splitlines())
    return {ref: commit for commit, ref in rows}


def fetch_branch(git: GitProcess, url: str, branch: str, depth: int = 0) -> None:
    """Make the local ``branch`` what it is at the remote; ``depth`` 0 is all of its history.

    Raises:
        GitError: it cannot be reached, or has no such branch.
    """
    ref = f"refs/heads/{branch}"
    much = (f"--depth={depth}",) if depth else ()
    git.output("fetch", "--quiet", "--force", "--no-tags", *much, "--", url, f"+{ref}:{ref}")


def fetch_objects(git: GitProcess, url: str, ref: str, depth: int = 0) -> None:
    """Have the objects of the remote's ``ref`` here, without any ref or record of it.

    Raises:
        GitError: it cannot be reached, or has no such ref.
    """
    much = (f"--depth={depth}",) if depth else ()
    git.output("fetch", "--quiet", "--no-tags", "--no-write-fetch-head", *much, "--", url, ref)


def push(git: GitProcess, url: str, updates: Sequence[RemoteUpdate]) -> dict[str, str]:
    """Push all ``updates`` and give, by ref, why the remote refused it ("": it took it).

    Raises:
        GitError: the remote could not be reached, or gave no account.
    """
    leases = [f"--force-with-lease={update.ref}:{update.expected}" for update in updates]
    specs = [f"{update.commit}:{update.ref}" for update in updates]
    command = ("push", "--porcelain", "--no-verify", *leases, "--", url, *specs)
    _, output, errors = git.attempt(*command)
    rows = [line.split("\t") for line in os.fsdecode(output).splitlines() if line.count("\t") == 2]
    found = {row[1].partition(":")[2]: "" if row[0] != "!" else row[2] for row in rows}
    if any(update.ref not in found for update in updates):
        fail(command, errors)
    return found
