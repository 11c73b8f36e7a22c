from orders.model import Order


class Label:
    order = Order
