"""A real PostgreSQL, for as long as a module's tests run."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from test_framework.ssot.real_services import Service, start_postgresql


@pytest.fixture(scope="module")
def postgresql(servers: None) -> Iterator[Service]:
    """One server for the module."""
    service = start_postgresql()
    yield service
    service.stop()
