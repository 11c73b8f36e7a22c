from shop.zring import back
from shop.tax.rates import RATE

OWN = (back, RATE)
