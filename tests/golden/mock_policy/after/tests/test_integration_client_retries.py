"""In the middle of a name the word tells what is tested. First, it tells how."""

from unittest.mock import Mock


def test_it():
    s3 = Mock()
    assert s3
