"""The library is what these tests are of."""

from unittest.mock import patch

from moto import mock_aws


def test_region():
    assert mock_aws() == "the region of tests"


def test_without_a_region():
    """The name of the package is not what is replaced."""
    with patch("moto.has_region"):
        assert mock_aws() is None
