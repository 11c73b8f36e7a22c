from unittest.mock import Mock


def paid(order: "Mock") -> "list[Mock]":
    return [order]


def test_paid():
    assert paid(Mock())
