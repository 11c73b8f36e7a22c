"""One test of a module is marked, one class, and the other is not."""

from unittest.mock import Mock

import pytest


@pytest.mark.integration
def test_marked():
    assert Mock(name="postgres pool")


def test_unmarked():
    assert Mock(name="postgres pool")


@pytest.mark.e2e
class TestMarked:
    def setup_method(self):
        self.docker_client = Mock()

    def test_it(self):
        assert self.docker_client
