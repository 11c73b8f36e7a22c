"""A copy whose comment would be lost stays."""

from contextlib import contextmanager

from orders.app import SessionLocal


@contextmanager
def get_orders_db_session():
    session = SessionLocal()
    try:
        yield session
    finally:
        # the pool must not run dry
        session.close()


def test_two():
    with get_orders_db_session() as session:
        assert session.is_active
