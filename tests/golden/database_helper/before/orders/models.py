"""Tables."""

from sqlalchemy.orm import DeclarativeBase


class Base(DeclarativeBase):
    """All tables."""
