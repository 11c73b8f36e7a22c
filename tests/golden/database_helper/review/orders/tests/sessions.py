"""Helpers of the service's tests: the copies that stay."""

from contextlib import contextmanager

from sqlalchemy.orm import sessionmaker

from orders.app import SessionLocal
from orders.models import Base
from test_framework.ssot.database_test_utility import DatabaseTestUtility


def memory_engine():
    """An engine with all tables."""
    engine = DatabaseTestUtility("sqlite://").engine
    Base.metadata.create_all(engine)
    return engine


def get_test_db_session():
    return sessionmaker(bind=memory_engine())()


@contextmanager
def get_orders_db_session():
    session = SessionLocal()
    try:
        yield session
    finally:
        session.close()
