"""The name of the file tells."""

from unittest.mock import Mock


def test_it():
    smtp = Mock()
    assert smtp
