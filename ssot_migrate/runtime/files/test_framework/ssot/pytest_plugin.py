"""Pytest hooks of the framework; name this module in ``pytest_plugins`` of the root conftest."""

from __future__ import annotations

from collections.abc import Generator

import pytest

from test_framework.ssot.layers import running


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Generator[None, object, object]:
    """Let the framework know the marks of the running test, also those a conftest adds."""
    with running(mark.name for mark in item.iter_markers()):
        return (yield)
