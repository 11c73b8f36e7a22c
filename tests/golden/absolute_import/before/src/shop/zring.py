from shop.tax import circle_with_this

back = circle_with_this
