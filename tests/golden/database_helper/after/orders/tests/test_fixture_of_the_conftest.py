"""A fixture that the conftest above offers as well just goes."""

from orders.app import SessionLocal


def test_session(db_session):
    assert db_session.is_active


def test_factory():
    assert SessionLocal is not None
