"""The same through an import's alias."""

from test_framework.ssot.database_test_utility import DatabaseTestUtility

ENGINE = DatabaseTestUtility("sqlite:///other.db").engine


def test_engine():
    assert ENGINE.dialect.name == "sqlite"


def test_session():
    from sqlalchemy.orm import Session as Unit

    with Unit(ENGINE) as unit:
        assert unit.is_active
