"""Running one command and taking what it cost."""

from __future__ import annotations

import os
import shutil
import subprocess
import time
from collections.abc import Mapping, Sequence
from pathlib import Path
from statistics import median
from typing import NamedTuple


class Cost(NamedTuple):
    """CPU and wall in seconds, of a process and all that it started; memory in MB, of its largest process."""

    cpu: float
    wall: float
    peak: int

    def scaled(self, factor: float) -> Cost:
        """The cost of ``factor`` times the work."""
        return Cost(self.cpu * factor, self.wall * factor, self.peak)


class Failed(Exception):
    """A command that did not do its work, so that its cost means nothing."""


def measured(
    command: Sequence[str], where: Path, environment: Mapping[str, str] = {}, good: Sequence[int] = (0,)
) -> Cost:
    """What ``command`` costs in the folder ``where``.

    Raises:
        Failed: it is not there, or ended with another status than those of ``good``.
    """
    if shutil.which(command[0]) is None:
        raise Failed(f"{command[0]} is not installed")
    begin = time.perf_counter()
    with open(os.devnull, "wb") as sink:
        process = subprocess.Popen(
            command, cwd=where, env={**os.environ, **environment}, stdin=subprocess.DEVNULL, stdout=sink,
            stderr=sink,
        )  # fmt: skip
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in good:
        raise Failed(f"exit status {process.returncode}: {' '.join(command[:6])}")
    return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - begin, usage.ru_maxrss // 1024)


def middle(costs: Sequence[Cost]) -> Cost:
    """The medians of CPU and wall, and the highest peak."""
    return Cost(
        median(cost.cpu for cost in costs), median(cost.wall for cost in costs), max(c.peak for c in costs)
    )
