"""A table of users, and how many it holds."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, String, Table, func, select

from test_framework.ssot.database_test_utility import (
    DatabaseTestUtility,
)

METADATA = MetaData()
USERS = Table("users", METADATA, Column("id", Integer, primary_key=True), Column("name", String))


def rows(database: DatabaseTestUtility) -> int:
    """How many users another connection sees."""
    with database.engine.connect() as connection:
        return connection.execute(select(func.count()).select_from(USERS)).scalar_one()
