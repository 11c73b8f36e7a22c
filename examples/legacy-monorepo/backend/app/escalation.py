"""Wakes somebody up when a critical ticket has waited for too long."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from backend.app import sla
from common.text import truncate

log = logging.getLogger("harbor.escalation")


class NobodyOnCall(RuntimeError):
    """The rota is empty."""


def rota() -> list[str]:
    """Who is on call, first to last: ``HARBOR_ONCALL="ada bob"``."""
    import os

    return os.environ.get("HARBOR_ONCALL", "").split()


def quiet_weekend() -> bool:
    from os import environ

    return environ.get("HARBOR_QUIET_WEEKEND") == "1"


def pager_token() -> str:
    from os import getenv

    token = getenv("HARBOR_PAGER_TOKEN")
    if token is None:
        raise LookupError("HARBOR_PAGER_TOKEN is not set")
    return token


class Escalation:
    """Pages people in order until one of them answers."""

    def __init__(self, page: Callable[..., bool], clock: Any, audit: Any = None):
        self.page = page
        self.clock = clock
        self.audit = audit
        self.muted = False

    def check(self, ticket: Any, opened: Any) -> str | None:
        """Page somebody if the ticket's time is up; returns who answered."""
        now = self.clock.now()
        if self.muted or not sla.breached(opened, ticket.priority, now):
            return None
        if quiet_weekend() and now.weekday() >= 5 and ticket.priority != "critical":
            return None
        people = rota()
        if not people:
            raise NobodyOnCall(ticket.id)
        for person in people:
            if self.page(person, truncate(ticket.subject, 40), token=pager_token()):
                if self.audit is not None:
                    self.audit.write("escalated", ticket.id)
                return person
            log.warning("%s did not answer", person)
        return None
