"""Tests that others inherit, some of them into a marked class."""

from unittest.mock import Mock


class Flow:
    def test_start(self):
        assert Mock()


class Quiet:
    def test_stop(self):
        assert Mock()
