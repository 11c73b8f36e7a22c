"""What ``apply`` did."""

from __future__ import annotations

from ssot_migrate.model import Frozen
from ssot_migrate.plans.outcome import Branch, Forecast, StaleFile


class Written(Frozen, frozen=True):
    """A branch and the folder of its reports."""

    branch: Branch
    report: str


class Applied(Frozen, frozen=True):
    """What ``apply`` did: branches, or files in place.

    ``stale`` files were left out, by name; ``foreseen`` are conflicts with other people's branches.
    """

    plan: str
    branches: tuple[Written, ...] = ()
    written: tuple[str, ...] = ()
    stale: tuple[StaleFile, ...] = ()
    foreseen: Forecast = Forecast()
