"""The same helper in another service stays: services share no test code."""

from contextlib import contextmanager

from orders.app import SessionLocal


@contextmanager
def get_orders_db_session():
    session = SessionLocal()
    try:
        yield session
    finally:
        session.close()


def test_billing():
    with get_orders_db_session() as session:
        assert session.is_active
