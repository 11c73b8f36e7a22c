"""A unit test of the client of an integration."""

from unittest.mock import Mock


def test_it():
    assert Mock()
