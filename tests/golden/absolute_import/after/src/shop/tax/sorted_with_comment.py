from shop.prices import price
# the comment parts the block, so that nothing joins what is above
from shop.tax.bands import LOW
from shop.tax.bands import HIGH  # noqa: I001
from shop.tax.rates import RATE
