"""Deadlines in business hours."""

from __future__ import annotations

import datetime as dt
import os

HOURS = {"critical": 1, "high": 4, "normal": 16, "low": 40}
OPENS, CLOSES = 9, 17


def holidays() -> set[dt.date]:
    """Dates from ``HARBOR_HOLIDAYS``, separated by blanks."""
    return {dt.date.fromisoformat(word) for word in os.environ.get("HARBOR_HOLIDAYS", "").split()}


def is_open(moment: dt.datetime) -> bool:
    return moment.weekday() < 5 and moment.date() not in holidays() and OPENS <= moment.hour < CLOSES


def next_opening(moment: dt.datetime) -> dt.datetime:
    """The first business moment at or after ``moment``."""
    if is_open(moment):
        return moment
    day = moment
    if moment.hour >= OPENS:
        day += dt.timedelta(days=1)
    day = day.replace(hour=OPENS, minute=0, second=0, microsecond=0)
    while not is_open(day):
        day += dt.timedelta(days=1)
    return day


def deadline(opened: dt.datetime, priority: str) -> dt.datetime:
    """When a first answer is due."""
    left = dt.timedelta(hours=HOURS[priority])
    moment = next_opening(opened)
    while True:
        closing = moment.replace(hour=CLOSES, minute=0, second=0, microsecond=0)
        if moment + left <= closing:
            return moment + left
        left -= closing - moment
        moment = next_opening(closing)


def breached(opened: dt.datetime, priority: str, now: dt.datetime) -> bool:
    return now > deadline(opened, priority)
