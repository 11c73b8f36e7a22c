"""The rules of the team whose repository this is."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

from ssot_migrate.custom.extension import permit
from ssot_migrate.custom.team import Team
from ssot_migrate.git.repository import Repository
from ssot_migrate.settings import Settings
from ssot_migrate.workflow.gather import read_settings


class OwnRules(NamedTuple):
    """The top of the working tree, the settings, and the names of the rules that they add."""

    top: Path
    settings: Settings
    names: tuple[str, ...]


def own_rules(path: str, trust: Sequence[str]) -> OwnRules:
    """The team's own rules in the repository at ``path``.

    Raises:
        UsageError: no repository, or settings that make no sense.
        Refused: the settings name a package whose code nobody has agreed to run.
    """
    repo = Repository.open(Path(path))
    settings, top = read_settings(repo), Path(repo.work_tree or repo.git_dir)
    permit(settings.extend, trust, top)
    return OwnRules(top, settings, tuple(rule.slug for rule in Team.of(settings).transforms()))
