"""A unit's repository on this machine: its own folder, or a bare clone that is fetched anew."""

from __future__ import annotations

import fcntl
import hashlib
import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from ssot_migrate.engine.store import cache_folder
from ssot_migrate.errors import GitError
from ssot_migrate.fleet.credentials import git_credentials
from ssot_migrate.fleet.model import Job, Unit
from ssot_migrate.git.process import GitProcess
from ssot_migrate.git.remote import fetch_branch, remote_head, upstream_url, with_network
from ssot_migrate.git.repository import Repository


class Checkout(NamedTuple):
    """A repository to work on; ``url`` is where its branches are pushed, ``git`` may talk to it."""

    path: Path
    url: str
    git: GitProcess


@contextmanager
def checked_out(job: Job) -> Iterator[Checkout]:
    """The repository of a unit, for this process alone if it is a clone of ours.

    Raises:
        SsotMigrateError: it is not there, or cannot be fetched.
    """
    unit = job.unit
    if not unit.remote:
        repo = Repository.open(Path(unit.source))
        where = upstream_url(repo.git, unit.upstream)
        yield Checkout(Path(unit.source), where, with_network(repo.git, git_credentials(where, unit.forge)))
        return
    folder = clone_folder(unit)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with folder.with_suffix(".lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield Checkout(folder, unit.source, _fetched(folder, unit, job.depth))


def clone_folder(unit: Unit) -> Path:
    """Where the clone of a unit lies, on whichever machine this is."""
    slug = re.sub(r"[^\w-]+", "-", unit.name)[-60:].strip("-")
    mark = hashlib.sha256(unit.source.encode(errors="surrogatepass")).hexdigest()[:12]
    return cache_folder() / "clones" / f"{slug}-{mark}.git"


def _fetched(folder: Path, unit: Unit, depth: int) -> GitProcess:
    """Bring the clone up to date; one that a killed process left locked is made anew."""
    try:
        return _fetch(folder, unit, depth)
    except GitError as error:
        if ".lock" not in error.message:
            raise
    shutil.rmtree(folder)
    return _fetch(folder, unit, depth)


def _fetch(folder: Path, unit: Unit, depth: int) -> GitProcess:
    folder.mkdir(exist_ok=True)
    # The folder's own process finds no repository above it before there is one in it.
    git = GitProcess(folder, {"GIT_DIR": str(folder)})
    git.output("init", "--quiet", "--bare", "--template=")
    talking = with_network(git, git_credentials(unit.source, unit.forge))
    branch = unit.base or remote_head(talking, unit.source).branch
    fetch_branch(talking, unit.source, branch, depth)
    git.output("symbolic-ref", "HEAD", f"refs/heads/{branch}")
    return talking
