"""A package under src: what it re-exports, it takes from its own modules."""

from shop import prices
from shop.cart import Cart as Basket
from shop.prices import *

__all__ = ["Basket", "prices", "total"]
