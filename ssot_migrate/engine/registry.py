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
    found += map(_shipped, _modules())
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
    asked = {name.replace("-", "_") for name in names}
    if names and team == _NOBODY and asked.issubset(_modules()):
        return named(names, tuple(sorted(map(_shipped, asked), key=lambda rule: rule.id)))
    return named(names, all_rules(team))


@cache
def _modules() -> frozenset[str]:
    """The modules of shipped rules: each has its rule's slug for a name, so that one can be loaded alone."""
    return frozenset(info.name for info in pkgutil.iter_modules(ssot_migrate.transforms.__path__))


def _shipped(module: str) -> Transform:
    found: Transform = importlib.import_module(f"ssot_migrate.transforms.{module}").transform
    return found


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
