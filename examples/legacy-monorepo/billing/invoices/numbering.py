"""Invoice numbers: a prefix, the year, and a number without gaps."""

from __future__ import annotations

import re
import threading

from billing import settings

NUMBER = re.compile(r"^([A-Z]+)-(\d{4})-(\d{5,})$")


class Numbering:
    """One series a year; safe to use from several threads."""

    def __init__(self, last: dict[int, int] | None = None):
        self._last = dict(last or {})
        self._lock = threading.Lock()

    def next(self, year: int) -> str:
        with self._lock:
            self._last[year] = self._last.get(year, 0) + 1
            return f"{settings.invoice_prefix()}-{year}-{self._last[year]:05d}"

    def gaps(self, numbers: list[str], year: int) -> list[int]:
        """Numbers of ``year`` that were given out and are not in ``numbers``."""
        present = {parse(number)[2] for number in numbers if parse(number)[1] == year}
        return [number for number in range(1, self._last.get(year, 0) + 1) if number not in present]


def parse(number: str) -> tuple[str, int, int]:
    match = NUMBER.match(number)
    if match is None:
        raise ValueError(f"not an invoice number: {number!r}")
    return match.group(1), int(match.group(2)), int(match.group(3))
