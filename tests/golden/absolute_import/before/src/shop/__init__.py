"""A package under src: what it re-exports, it takes from its own modules."""

from . import prices
from .cart import Cart as Basket
from .prices import *

__all__ = ["Basket", "prices", "total"]
