"""Who asks, and what one run of the agents knows."""

from __future__ import annotations

import dataclasses
import itertools
from typing import Any

_runs = itertools.count(1)


@dataclasses.dataclass(frozen=True)
class UserContext:
    user_id: str
    tenant: str
    permissions: frozenset[str] = frozenset()

    def may(self, permission: str) -> bool:
        """Whether the user has ``permission``, directly or through a wildcard such as ``ticket.*``."""
        area = permission.partition(".")[0]
        return permission in self.permissions or f"{area}.*" in self.permissions or "*" in self.permissions


@dataclasses.dataclass
class ExecutionContext:
    """The state that agents of one run share."""

    user: UserContext
    ticket_id: str
    run_id: int = dataclasses.field(default_factory=lambda: next(_runs))
    results: dict[str, Any] = dataclasses.field(default_factory=dict)
    notes: list[str] = dataclasses.field(default_factory=list)

    def record(self, agent: str, result: Any) -> None:
        if agent in self.results:
            raise ValueError(f"{agent} has a result already")
        self.results[agent] = result

    def note(self, text: str) -> None:
        self.notes.append(text)
