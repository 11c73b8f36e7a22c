"""Fixtures in classes: pointed out, for no import can take their place."""

import pytest

from orders.app import SessionLocal


class TestOrders:
    @pytest.fixture
    def orders_db_session(self):
        with SessionLocal() as session:
            yield session

    def test_orders(self, orders_db_session):
        assert orders_db_session.is_active


class TestReturns:
    @pytest.fixture
    def orders_db_session(self):
        with SessionLocal() as session:
            yield session

    def test_returns(self, orders_db_session):
        assert orders_db_session.is_active
