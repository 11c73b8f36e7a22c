from unittest.mock import Mock

from test_framework.ssot.mock_factory import get_mock_factory


def paid(order: "Mock") -> "list[Mock]":
    return [order]


def test_paid():
    assert paid(get_mock_factory().create_mock())
