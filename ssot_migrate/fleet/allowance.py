"""What one run of ``push`` may send: services by wave, and pull requests by their number."""

from __future__ import annotations

from collections.abc import Sequence

from ssot_migrate.errors import UsageError
from ssot_migrate.fleet.config import Forge
from ssot_migrate.fleet.forges.errors import ForgeError
from ssot_migrate.fleet.forges.model import Checks, Standing
from ssot_migrate.fleet.forges.opening import opened
from ssot_migrate.fleet.model import Place, Result, Unit
from ssot_migrate.fleet.records import BranchRow, branch_rows, places_of, plan_of
from ssot_migrate.fleet.state import State
from ssot_migrate.fleet.waves import Gate, Seen, gate


class Allowance:
    """Pull requests that may still be opened: reserved when a job begins, given back when it ends."""

    def __init__(self, state: State, units: Sequence[Unit], most: int | None) -> None:
        """``most`` may be open at a time (None: any number)."""
        self._state = state
        self._left = None if most is None else max(0, most - _open_now(state, units))
        self._reserved: dict[str, int] = {}

    def take(self, unit: str) -> int | None:
        """How many a job may open: one for each branch of its plan, as long as there are any left."""
        if self._left is None:
            return None
        places = places_of(self._state, unit)
        self._reserved[unit] = min(len(places) + 1, self._left) if places else self._left
        self._left -= self._reserved[unit]
        return self._reserved[unit]

    def give_back(self, result: Result) -> None:
        """Take note of what a job did not open."""
        if self._left is not None:
            used = sum(branch.opened for branch in result.branches)
            self._left += max(0, self._reserved.pop(result.unit, 0) - used)


def allowed(state: State, units: Sequence[Unit], limit: float) -> Gate:
    """How far the waves have come, by what the forges say now.

    Raises:
        UsageError: nothing has been planned that could be put in order.
    """
    known = {unit.name: unit for unit in units}
    places = [place for unit in known for place in places_of(state, unit)]
    if not any(plan_of(state, unit) for unit in known):
        raise UsageError("waves go by the plans, and there are none", hint="`ssot-migrate batch FLEET plan`")
    rows = {(row.unit, row.service): row for row in branch_rows(state)}

    def look(place: Place) -> Seen:
        row = rows.get((place.unit, place.service))
        return _seen(row, known[place.unit]) if row and row.pushed else Seen(pushed=False)

    return gate(places, look, limit)


def _open_now(state: State, units: Sequence[Unit]) -> int:
    known = {unit.name: unit for unit in units}
    rows = (row for row in branch_rows(state) if row.number and row.unit in known)
    return sum(_standing(row, known[row.unit].forge) is Standing.OPEN for row in rows)


def _standing(row: BranchRow, forge: Forge | None) -> Standing | None:
    if forge is None:
        return None
    with opened(forge, row.url) as client:
        found = client.find(row.remote)
    return found.standing if found else None


def _seen(row: BranchRow, unit: Unit) -> Seen:
    """What the forge says of a branch that was pushed; without one, being pushed is all there is."""
    if unit.forge is None:
        return Seen(pushed=True)
    try:
        with opened(unit.forge, row.url) as client:
            found = client.find(row.remote)
            if found is None:
                return Seen(bool(row.number), Standing.CLOSED)
            if found.standing is not Standing.OPEN:
                return Seen(True, found.standing)
            return Seen(True, found.standing, client.checks(row.pushed, found))
    except ForgeError as error:  # one repository's trouble is not the fleet's
        return Seen(True, Standing.OPEN, Checks.PENDING, error.message)
