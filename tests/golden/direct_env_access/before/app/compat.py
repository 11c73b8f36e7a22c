"""A re-export that others import from."""
from os import environ

__all__ = ["environ"]
