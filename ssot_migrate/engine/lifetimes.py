"""The edits of a file's steps as a plan has them: each once, with the steps in which it is alive."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ssot_migrate.edits import Edit
from ssot_migrate.plans.model import PlannedEdit

Owned = tuple[Edit, tuple[str, ...]]
"""An edit and the fingerprints of the findings that it serves; none for import lines."""


def planned_edits(states: Iterable[Iterable[Owned]]) -> tuple[PlannedEdit, ...]:
    """Each edit of ``states`` (one per step) with the first and last step in which it is alive."""
    alive: dict[Owned, list[int]] = {}
    for step, edits in enumerate(states):
        for owned in edits:
            alive.setdefault(owned, []).append(step)
    planned = (
        PlannedEdit(edit.start, edit.end, edit.text, first, last, findings)
        for (edit, findings), steps in sorted(alive.items())
        for first, last in _runs(steps)
    )
    return tuple(planned)


def _runs(steps: Sequence[int]) -> list[tuple[int, int]]:
    """Ascending step numbers as runs of consecutive ones."""
    runs: list[tuple[int, int]] = []
    for step in steps:
        if runs and runs[-1][1] == step - 1:
            runs[-1] = (runs[-1][0], step)
        else:
            runs.append((step, step))
    return runs
