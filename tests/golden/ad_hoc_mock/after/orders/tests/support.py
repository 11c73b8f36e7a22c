"""Others take their imports from here, so they stay."""

from unittest.mock import AsyncMock, Mock

from test_framework.ssot.mock_factory import get_mock_factory

__all__ = ["AsyncMock", "Mock", "order"]


def order(**fields):
    return get_mock_factory().create_mock(**fields)
