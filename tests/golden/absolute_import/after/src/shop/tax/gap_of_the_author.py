import shop.orders.model

from shop.prices import price
from shop.tax.bands import BANDS

TAXED = [price, BANDS, shop.orders.model]
