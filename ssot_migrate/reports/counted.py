"""Numbers of things in sentences that people read."""

from __future__ import annotations


def counted(number: int, noun: str) -> str:
    """``number`` and ``noun``, which takes an s for any number but one."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
