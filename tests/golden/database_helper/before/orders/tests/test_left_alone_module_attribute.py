"""No copy: here the factory is looked up in its module whenever a session is opened."""

from contextlib import contextmanager

from orders import app


@contextmanager
def get_app_db_session():
    session = app.SessionLocal()
    try:
        yield session
    finally:
        session.close()


def test_session():
    with get_app_db_session() as session:
        assert session.is_active
