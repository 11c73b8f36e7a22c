"""A fixture of a larger scope would be shared by more tests: for review."""

import pytest
from sqlalchemy.orm import Session

from orders.tests.sessions import memory_engine


@pytest.fixture(scope="module")
def shared_db_session():
    with Session(memory_engine()) as session:
        yield session


def test_shared(shared_db_session):
    assert shared_db_session.is_active
