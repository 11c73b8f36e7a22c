"""What was sorted stays sorted."""

import os

from shop.cart import total
from shop.prices import price  # absolute already

from .. import prices
from ..orders.model import (
    Order,
)
from .bands import (HIGH, LOW,
                    ZERO)
from .rates import RATE

USED = (os, total, price, prices, Order, HIGH, LOW, ZERO, RATE)
