"""Users, sessions and tokens."""

__all__ = ["__version__"]
__version__ = "2.8.1"
