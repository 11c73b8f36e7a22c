from shop.zother import TWO

ONE = 1
