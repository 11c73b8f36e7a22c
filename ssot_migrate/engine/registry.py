"""The rules that there are: every module of ``ssot_migrate.transforms`` that declares a ``transform``."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from collections.abc import Sequence
from functools import cache

import ssot_migrate.transforms
from ssot_migrate.custom.team import Team
from ssot_migrate.errors import UsageError
from ssot_migrate.transform import Transform

_NOBODY = Team()


@cache
def all_rules(team: Team = _NOBODY) -> tuple[Transform, ...]:
    """Every shipped rule and those of a team, by id.

    Raises:
        UsageError: two rules have one id or one slug, or a package of the team's cannot be used.
    """
    found = list(team.transforms())
    for info in pkgutil.iter_modules(ssot_migrate.transforms.__path__):
        module = importlib.import_module(f"ssot_migrate.transforms.{info.name}")
        found.append(module.transform)
    names = Counter(name for rule in found for name in (rule.id, rule.slug))
    for name, count in names.items():
        if count > 1:
            raise UsageError(f"two rules are called {name}", hint="give the team's own another id and name")
    return tuple(sorted(found, key=lambda rule: rule.id))


def find_rules(names: Sequence[str], team: Team = _NOBODY) -> tuple[Transform, ...]:
    """The rules called ``names`` (slug or id), those of ``team`` among them; all of them for no name.

    Raises:
        UsageError: no rule has that name.
    """
    return named(names, all_rules(team))


def named(names: Sequence[str], rules: tuple[Transform, ...]) -> tuple[Transform, ...]:
    """Those of ``rules`` that are called ``names`` (slug or id); all of them for no name.

    Raises:
        UsageError: no rule has that name.
    """
    if not names:
        return rules
    by_name = {name: rule for rule in rules for name in (rule.slug, rule.id, rule.id.lower())}
    unknown = [name for name in names if name not in by_name]
    if unknown:
        known = ", ".join(rule.slug for rule in rules)
        raise UsageError(f"no rule {unknown[0]!r}", hint=f"rules: {known}")
    wanted = {by_name[name] for name in names}
    return tuple(rule for rule in rules if rule in wanted)
