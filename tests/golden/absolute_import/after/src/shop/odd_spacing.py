from shop.prices import total
from shop import cart
from shop.prices import total as again
from	shop.cart	import	Cart
from shop.reimport import load
