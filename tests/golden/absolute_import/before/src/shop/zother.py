TWO = 2

from shop.tax.circle_one import ONE
