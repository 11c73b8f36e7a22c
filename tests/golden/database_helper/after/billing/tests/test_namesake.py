"""A helper of the same name that does something else."""

from orders.app import SessionLocal


def get_test_db_session(autoflush):
    return SessionLocal(autoflush=autoflush)


def test_session():
    assert get_test_db_session(True)
