"""The factory refuses in marked tests; helpers that these may use wait for a person."""

from unittest.mock import Mock

import pytest

from test_framework.ssot.mock_factory import get_mock_factory


@pytest.fixture
def queue():
    return get_mock_factory().create_mock()


def test_unmarked():
    assert get_mock_factory().create_mock()


@pytest.mark.integration
def test_against_the_broker(queue):
    assert queue.put(Mock())


@pytest.mark.e2e
class TestCheckout:
    def test_whole(self):
        assert Mock()
