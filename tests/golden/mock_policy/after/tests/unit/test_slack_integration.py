"""A unit test, by its folder."""

from unittest.mock import Mock


def test_it():
    assert Mock()
