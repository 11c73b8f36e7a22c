"""Engines from a URL alone: for review. With options of their own: advice."""

import os

from sqlalchemy import URL, create_engine, text
from sqlalchemy.pool import StaticPool

from test_framework.ssot.database_test_utility import DatabaseTestUtility

HOST = "localhost"
DATABASE = f"postgresql://test:test@{HOST}/orders"


def test_sqlite(tmp_path):
    engine = DatabaseTestUtility(f"sqlite:///{tmp_path}/orders.db").engine
    with engine.connect() as connection:
        assert connection.execute(text("select 1")).scalar() == 1


def test_postgres():
    engine = DatabaseTestUtility(DATABASE).engine
    assert engine.dialect.name == "postgresql"


def test_wrapped_over_lines():
    engine = DatabaseTestUtility(
        "sqlite:///" + "orders.db").engine
    assert engine


def test_pool_of_its_own():
    engine = create_engine("sqlite://", poolclass=StaticPool, connect_args={"check_same_thread": False})
    assert engine


def test_url_object():
    assert create_engine(URL.create("sqlite"))


def test_url_that_may_be_none():
    assert create_engine(os.environ.get("DATABASE_URL"))


def test_commented():
    assert create_engine(
        "sqlite://",  # in memory
    )


def test_echo():
    assert create_engine("sqlite://", echo=True)
