from.prices import total
from .import cart
from . \
    prices import total as again
from	.	cart	import	Cart
from .reimport import load
