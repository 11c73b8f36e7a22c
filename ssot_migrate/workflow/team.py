"""The rules that a repository is looked at by: the shipped ones, and those of the team whose it is."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec

from ssot_migrate.custom.extension import permit
from ssot_migrate.custom.team import Team
from ssot_migrate.engine.registry import all_rules
from ssot_migrate.git.repository import Repository
from ssot_migrate.settings import Settings
from ssot_migrate.transform import Transform
from ssot_migrate.workflow.configured import read_settings, standing_repository


class OwnRules(NamedTuple):
    """The top of the working tree, the settings, and the names of the rules that they add."""

    top: Path
    settings: Settings
    names: tuple[str, ...]


class KnownRules(NamedTuple):
    """Rules by id, and the packages that the settings name as well, whose code nobody has agreed to run."""

    rules: tuple[Transform, ...]
    untrusted: tuple[str, ...] = ()


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


def known_rules(path: str, trust: Collection[str] = ()) -> KnownRules:
    """All rules that the settings at ``path`` give; the shipped ones where no repository has settings.

    Raises:
        UsageError: settings that make no sense, or a trusted package that cannot be used.
        Refused: a trusted package stands in the repository itself.
    """
    repo = standing_repository(path)
    if repo is None:
        return KnownRules(all_rules())
    settings = read_settings(repo)
    trusted = [name for name in settings.extend if name in trust]
    permit(trusted, trust, Path(repo.work_tree or repo.git_dir))
    team = Team.of(msgspec.structs.replace(settings, extend=tuple(trusted)))
    untrusted = tuple(name for name in settings.extend if name not in trust)
    return KnownRules(all_rules(team), untrusted)
