"""What a repository is looked at by: its settings, and a commit."""

from __future__ import annotations

from pathlib import Path

import msgspec

from ssot_migrate.errors import UsageError
from ssot_migrate.git.repository import Repository
from ssot_migrate.settings import Settings, parse_settings


def standing_repository(path: str) -> Repository | None:
    """The repository that ``path`` lies in; None where none has settings."""
    try:
        repo = Repository.open(Path(path))
        if repo.work_tree is None:
            repo.head_commit()
    except UsageError:
        return None
    return repo


def read_settings(repo: Repository, profile: str = "") -> Settings:
    """The settings in the working tree, or in HEAD of a bare repository; ``profile`` goes before theirs.

    Raises:
        SettingsError: they make no sense.
    """
    names = ("pyproject.toml", "ssot.toml")
    if repo.work_tree:
        found = {name: _bytes(Path(repo.work_tree) / name) for name in names}
    else:
        files = repo.read_files(repo.head_commit(), names)
        found = {name: files[name][0] if name in files else None for name in names}
    settings = parse_settings(found["pyproject.toml"], found["ssot.toml"])
    return msgspec.structs.replace(settings, profile=profile or settings.profile)


def base_of(repo: Repository, revision: str, staged: bool) -> str:
    """The commit that is looked at, or that the index is on; zeros where nothing has been committed.

    Raises:
        UsageError: there is no such commit.
    """
    if revision:
        return repo.resolve(revision)
    return repo.unborn_id() if staged and repo.is_unborn() else repo.head_commit()


def _bytes(path: Path) -> bytes | None:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
