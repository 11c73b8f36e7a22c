"""The nearest conftest does not offer the fixture: pointed out only."""

import pytest

from orders.app import SessionLocal


@pytest.fixture
def db_session():
    session = SessionLocal()
    try:
        yield session
    finally:
        session.rollback()
        session.close()


def test_session(db_session):
    assert db_session.is_active
