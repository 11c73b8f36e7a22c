"""Fleets to work on."""

from __future__ import annotations

from pathlib import Path

import pytest

from yard import CLEAN, LEGACY, Yard


@pytest.fixture
def yard(tmp_path: Path) -> Yard:
    """An empty yard."""
    return Yard(tmp_path)


@pytest.fixture
def three(yard: Yard) -> Yard:
    """Two legacy repositories, and one with nothing to do."""
    yard.repository("one", LEGACY)
    yard.repository("two", LEGACY)
    yard.repository("clean", CLEAN)
    yard.fleet()
    return yard
