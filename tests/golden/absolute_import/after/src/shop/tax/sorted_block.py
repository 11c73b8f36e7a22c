"""What was sorted stays sorted."""

import os

from shop import prices
from shop.cart import total
from shop.orders.model import (
    Order,
)
from shop.prices import price  # absolute already
from shop.tax.bands import (HIGH, LOW,
                            ZERO)
from shop.tax.rates import RATE

USED = (os, total, price, prices, Order, HIGH, LOW, ZERO, RATE)
