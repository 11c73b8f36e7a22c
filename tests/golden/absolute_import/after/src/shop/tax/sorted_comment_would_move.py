from shop.zother import TWO
from shop.tax.bands import LOW  # a comment that stays with its line
