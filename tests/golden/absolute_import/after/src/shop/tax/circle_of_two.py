from shop.zother import TWO
from shop.tax.circle_one import ONE
