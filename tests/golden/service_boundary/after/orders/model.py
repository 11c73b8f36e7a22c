from money import cents


class Order:
    price = cents(3)
