"""Doubles are the mock rule's affair."""

import pytest


@pytest.fixture
def mock_db_session():
    return object()


def test_mocked(mock_db_session):
    assert mock_db_session
