"""A copy that has another name and a docstring keeps its name."""

from orders.tests.sessions import get_orders_db_session as open_db_session


def test_open():
    with open_db_session() as session:
        assert session.is_active
