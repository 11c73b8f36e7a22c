"""Many small messages as one, once a day."""

from __future__ import annotations

import collections
import datetime as dt
import os


class Digest:
    """Collects lines by user and topic until they are due."""

    def __init__(self) -> None:
        self._lines: dict[str, dict[str, list[str]]] = collections.defaultdict(lambda: collections.defaultdict(list))

    def add(self, user: str, topic: str, line: str) -> None:
        if line not in self._lines[user][topic]:
            self._lines[user][topic].append(line)

    def due(self, last: dt.datetime, now: dt.datetime) -> bool:
        """Whether the hour in ``NOTIFY_DIGEST_HOUR`` has come since ``last``."""
        hour = int(os.environ.get("NOTIFY_DIGEST_HOUR", "8"))
        slot = now.replace(hour=hour, minute=0, second=0, microsecond=0)
        if slot > now:
            slot -= dt.timedelta(days=1)
        return last < slot

    def flush(self, user: str) -> str | None:
        """The digest's text, which is gone from here afterwards; None if there is nothing."""
        topics = self._lines.pop(user, None)
        if not topics:
            return None
        limit = int(os.environ.get("NOTIFY_DIGEST_LINES", "5"))
        out = []
        for topic in sorted(topics):
            lines = topics[topic]
            out.append(f"{topic} ({len(lines)})")
            out += [f"  - {line}" for line in lines[:limit]]
            if len(lines) > limit:
                out.append(f"  … and {len(lines) - limit} more")
        return "\n".join(out)