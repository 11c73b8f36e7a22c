"""The rules that there are: every module of ``ssot_migrate.transforms`` that declares a ``transform``."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Sequence
from functools import cache

import ssot_migrate.transforms
from ssot_migrate.errors import UsageError
from ssot_migrate.transform import Transform


@cache
def all_rules() -> tuple[Transform, ...]:
    """Every shipped rule, by id."""
    found = []
    for info in pkgutil.iter_modules(ssot_migrate.transforms.__path__):
        module = importlib.import_module(f"ssot_migrate.transforms.{info.name}")
        found.append(module.transform)
    return tuple(sorted(found, key=lambda rule: rule.id))


def find_rules(names: Sequence[str]) -> tuple[Transform, ...]:
    """The rules called ``names`` (slug or id); all of them for no name.

    Raises:
        UsageError: no rule has that name.
    """
    rules = all_rules()
    if not names:
        return rules
    by_name = {name: rule for rule in rules for name in (rule.slug, rule.id, rule.id.lower())}
    unknown = [name for name in names if name not in by_name]
    if unknown:
        known = ", ".join(rule.slug for rule in rules)
        raise UsageError(f"no rule {unknown[0]!r}", hint=f"rules: {known}")
    wanted = {by_name[name] for name in names}
    return tuple(rule for rule in rules if rule in wanted)
