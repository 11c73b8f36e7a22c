"""A copy that has another name and a docstring keeps its name."""

from contextlib import contextmanager

from orders.app import SessionLocal


@contextmanager
def open_db_session():
    """Open a session."""
    session = SessionLocal()
    try:
        yield session
    finally:
        session.close()


def test_open():
    with open_db_session() as session:
        assert session.is_active
