"""The rules that the repository of a command is looked at by."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ssot_migrate.transform import Transform


def rules_known_at(path: str, trust: Sequence[str]) -> tuple[Transform, ...]:
    """The rules that the repository at ``path`` is looked at by; packages left out are named on stderr."""
    from ssot_migrate.cli.text import say
    from ssot_migrate.workflow.team import known_rules

    known = known_rules(path, trust)
    for package in known.untrusted:
        message = f"not asked: the rules of {package}, whose code would run here; --trust {package} if you do"
        say(message, err=True)
    return known.rules
