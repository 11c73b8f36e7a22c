"""Others take their imports from here, so they stay."""

from unittest.mock import AsyncMock, Mock

__all__ = ["AsyncMock", "Mock", "order"]


def order(**fields):
    return Mock(**fields)
