"""What a team adds to the shipped rules, as data that any process can make the rules from."""

from __future__ import annotations

import importlib
from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING

from ssot_migrate.errors import UsageError
from ssot_migrate.model import Frozen
from ssot_migrate.settings import CustomRule, Settings
from ssot_migrate.transform import Transform

if TYPE_CHECKING:
    from ssot_migrate.custom.captured import Captured


class Team(Frozen, frozen=True):
    """Rules of the settings by slug, packages that hold more, and edits of other tools.

    The code of a package runs when its rules are asked for.
    """

    rules: tuple[tuple[str, CustomRule], ...] = ()
    packages: tuple[str, ...] = ()
    captured: tuple[Captured, ...] = ()

    @classmethod
    def of(cls, settings: Settings) -> Team:
        """What the settings name."""
        return cls(tuple(sorted(settings.custom.items())), tuple(settings.extend))

    def transforms(self) -> Iterator[Transform]:
        """The rules, made anew.

        Raises:
            UsageError: a package has no rules, or none that can be used.
        """
        for slug, rule in self.rules:
            yield described(slug, rule)
        for package in self.packages:
            yield from _load(package)
        for captured in self.captured:
            yield captured.transform()


def described(slug: str, rule: CustomRule) -> Transform:
    """The transform of a rule in the settings."""
    from ssot_migrate.custom import classes, symbols

    make, decide = (symbols.transform, symbols.decide) if rule.from_ else (classes.transform, classes.decide)
    transform = make(slug, rule)
    transform.help = _page(rule)
    transform.rewrite(partial(decide, rule))
    return transform


def _page(rule: CustomRule) -> str:
    what = f"`{rule.from_}`" if rule.from_ else f"bases that match `{rule.class_}`"
    to = f"onto `{rule.to}`" if rule.to else "as advice"
    call = f"\n\nA call becomes `{rule.call}`." if rule.call else ""
    return (
        f"{rule.summary}.\n\n{rule.why}".rstrip()
        + f"\n\nA rule of this repository's settings: {what}, {to}.{call}"
    )


def _load(name: str) -> tuple[Transform, ...]:
    """The ``transforms`` of a package; its code runs.

    Raises:
        UsageError: it has none, or cannot be imported.
    """
    try:
        found = tuple(getattr(importlib.import_module(name), "transforms", ()))
    except Exception as error:  # noqa: BLE001 - whatever a package of others raises
        raise UsageError(
            f"{name} cannot be imported: {error!r}", hint="see `extend` in the settings"
        ) from error
    if not found or not all(isinstance(each, Transform) for each in found):
        raise UsageError(f"{name} has no `transforms`, a tuple of Transform", hint="see docs/custom-rules.md")
    return found
