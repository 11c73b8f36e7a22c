"""The same through an import's alias."""

from sqlalchemy import create_engine as ce

ENGINE = ce("sqlite:///other.db")


def test_engine():
    assert ENGINE.dialect.name == "sqlite"


def test_session():
    from sqlalchemy.orm import Session as Unit

    with Unit(ENGINE) as unit:
        assert unit.is_active
