from shop.tax.rates import RATE
from shop.tax.bands import LOW
from shop.prices import price
