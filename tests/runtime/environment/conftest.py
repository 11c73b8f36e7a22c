"""An environment that each test leaves as it found it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from shared.isolated_environment import IsolatedEnvironment, get_env
from tests.runtime.environment.process import without_phase


@pytest.fixture(autouse=True)
def _same_environment_after() -> Iterator[None]:
    before = without_phase()
    yield
    assert without_phase() == before


@pytest.fixture
def isolated() -> Iterator[IsolatedEnvironment]:
    """The environment with isolation on."""
    get_env().enable_isolation()
    yield get_env()
    get_env().disable_isolation()
