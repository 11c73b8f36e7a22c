import shop.orders.model

from shop.prices import price
from .bands import BANDS

TAXED = [price, BANDS, shop.orders.model]
