"""An exact copy of a helper, under its own name: an import takes its place."""

from sqlalchemy import text

from orders.app import SessionLocal
from orders.tests.sessions import get_orders_db_session


def test_one():
    with get_orders_db_session() as session:
        assert session.execute(text("select 1")).scalar() == 1


def open_orders(factory: "SessionLocal"):
    return factory()
