"""What callers ask of the workflow and what they get back."""

from __future__ import annotations

from datetime import date

from ssot_migrate.decisions import Decision
from ssot_migrate.model import Frozen


class Request(Frozen, frozen=True):
    """What a ``plan`` is asked to do; an ``apply`` uses its path and services.

    ``revision`` is looked at instead of HEAD; ``staged``: what the index holds on top of it. ``profile``
    replaces that of the repository's settings. ``trust`` names packages that they may extend the rules by.
    """

    path: str = "."
    services: tuple[str, ...] = ()
    rules: tuple[str, ...] = ()
    include_review: bool = False
    use_cache: bool = True
    workers: int | None = None
    start_method: str | None = None
    revision: str = ""
    staged: bool = False
    profile: str = ""
    decisions: tuple[Decision, ...] = ()
    trust: tuple[str, ...] = ()


class VerifyRequest(Frozen, frozen=True):
    """How to verify: the test command ("" for the one in the settings), all tests or those affected.

    ``limit`` is in seconds, for one run of the command. ``most_runs`` are granted to isolating.
    """

    command: str = ""
    every: bool = False
    limit: float = 0
    use_cache: bool = True
    most_runs: int = 100


class CheckRequest(Frozen, frozen=True):
    """What a ``check`` is asked to do, besides what a plan is.

    ``today`` decides what has expired. ``update`` drops lines of fixed violations from the
    baseline, ``accept`` also lists what is new, under this reason and until this date.
    """

    today: date
    baseline: str = ""
    against: str = ""
    update: bool = False
    accept: str = ""
    until: str = ""
    executed: tuple[str, ...] = ()
