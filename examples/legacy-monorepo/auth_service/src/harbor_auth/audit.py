"""An audit log whose entries are chained by hashes."""

from __future__ import annotations

import hashlib
import json
import os
from pathlib import Path


class AuditLog:
    """Kept in memory, and in the file that ``AUTH_AUDIT_FILE`` names if it names one."""

    def __init__(self) -> None:
        self.entries: list[dict[str, str]] = []

    def write(self, action: str, subject: str) -> dict[str, str]:
        previous = self.entries[-1]["hash"] if self.entries else "0" * 64
        entry = {"action": action, "subject": subject, "previous": previous}
        entry["hash"] = _digest(entry)
        self.entries.append(entry)
        target = os.environ.get("AUTH_AUDIT_FILE")
        if target:
            with Path(target).open("a", encoding="utf-8") as handle:
                handle.write(json.dumps(entry, sort_keys=True) + "\n")
        return entry


def first_broken(entries: list[dict[str, str]]) -> int | None:
    """Index of the first entry that does not follow from the one before it."""
    previous = "0" * 64
    for number, entry in enumerate(entries):
        if entry["previous"] != previous or entry["hash"] != _digest(entry):
            return number
        previous = entry["hash"]
    return None


def _digest(entry: dict[str, str]) -> str:
    text = "\x1f".join(entry[key] for key in ("action", "subject", "previous"))
    return hashlib.sha256(text.encode()).hexdigest()
