"""A fixture that builds on the one it replaces, and one of another body: both stay."""

import pytest

from orders.app import SessionLocal


@pytest.fixture
def db_session(db_session):
    db_session.autoflush = False
    return db_session


@pytest.fixture
def async_db_session():
    return SessionLocal()


def test_extended(db_session):
    assert not db_session.autoflush
