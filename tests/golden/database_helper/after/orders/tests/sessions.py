"""Helpers of the service's tests: the copies that stay."""

from contextlib import contextmanager

from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

from orders.app import SessionLocal
from orders.models import Base


def memory_engine():
    """An engine with all tables."""
    engine = create_engine("sqlite://")
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
