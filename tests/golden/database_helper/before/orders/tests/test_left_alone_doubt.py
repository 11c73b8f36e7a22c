"""A name that may mean two things, and functions of the same name that are others."""

try:
    from sqlalchemy.ext.asyncio import async_sessionmaker
except ImportError:
    from sqlalchemy.orm import sessionmaker as async_sessionmaker

from orders import factories


def create_engine(power):
    return power


class Database:
    def sessionmaker(self):
        return self


def test_names():
    assert async_sessionmaker(bind=None)
    assert create_engine(3) == 3
    assert factories.create_engine("diesel")
    assert Database().sessionmaker()
    assert "create_engine" not in "a string"
