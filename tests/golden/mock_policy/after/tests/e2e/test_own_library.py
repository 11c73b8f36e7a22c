"""The library is what these tests are of."""

from moto import mock_aws


def test_region():
    assert mock_aws() == "the region of tests"
