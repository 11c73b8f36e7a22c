"""An exact copy of a helper, under its own name: an import takes its place."""

from sqlalchemy import text

from orders.app import SessionLocal
from contextlib import contextmanager


@contextmanager
def get_orders_db_session():
    session = SessionLocal()
    try:
        yield session
    finally:
        session.close()


def test_one():
    with get_orders_db_session() as session:
        assert session.execute(text("select 1")).scalar() == 1


def open_orders(factory: "SessionLocal"):
    return factory()
