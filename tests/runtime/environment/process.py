"""The process environment as tests compare it."""

from __future__ import annotations

import os


def without_phase() -> dict[str, str]:
    """The process environment, but for what pytest itself changes in the course of a test."""
    return {key: value for key, value in os.environ.items() if key != "PYTEST_CURRENT_TEST"}
