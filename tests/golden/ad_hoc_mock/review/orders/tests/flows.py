"""Tests that others inherit, some of them into a marked class."""

from test_framework.ssot.mock_factory import get_mock_factory


class Flow:
    def test_start(self):
        assert get_mock_factory().create_mock()


class Quiet:
    def test_stop(self):
        assert get_mock_factory().create_mock()
