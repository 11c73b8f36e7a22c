from __future__ import annotations

from typing import TYPE_CHECKING

from shop.prices import (  # the sum of all items
    total as summed,
)

if TYPE_CHECKING:
    from shop.orders.model import Order


class Cart:
    """Holds items; ``from .cart import Cart``."""

    def __init__(self, items):
        self.items = items

    def order(self) -> Order:
        from shop.orders import model as model_module; from shop import orders

        assert orders
        return model_module.Order(summed(self.items))
