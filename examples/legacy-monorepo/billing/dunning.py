"""Reminders for what is not paid."""

from __future__ import annotations

import datetime as dt
import os

from billing import settings

STEPS = ("friendly", "firm", "final")


def schedule(due: dt.date) -> list[tuple[dt.date, str]]:
    """When which reminder goes out."""
    every = int(os.environ.get("BILLING_REMINDER_EVERY", "7"))
    first = due + dt.timedelta(days=settings.grace_days())
    return [(first + dt.timedelta(days=every * number), step) for number, step in enumerate(STEPS)]


def step_on(day: dt.date, due: dt.date) -> str | None:
    """The reminder that goes out on ``day``."""
    return dict(schedule(due)).get(day)


def suspended(day: dt.date, due: dt.date) -> bool:
    """Whether the account is suspended: a week after the last reminder, unless told otherwise."""
    if os.environ.get("BILLING_NEVER_SUSPEND", "").lower() in {"1", "true"}:
        return False
    return day > schedule(due)[-1][0] + dt.timedelta(days=7)


def fee(step: str) -> int:
    """The reminder's fee in cents: ``BILLING_FEE_FIRM=500``."""
    return int(os.environ.get("BILLING_FEE_" + step.upper(), 0))
