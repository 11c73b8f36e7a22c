"""Memory that is free, but that the C library keeps: tens of megabytes after a step that took much."""

from __future__ import annotations

import ctypes
import sys


def give_back() -> None:
    """Return to the system what is free, before it is counted again in every process that is forked."""
    if sys.platform == "linux":
        trim = getattr(ctypes.CDLL(None), "malloc_trim", None)  # musl has none, and keeps little
        if trim is not None:
            trim(0)
