class Order:
    def __init__(self, items, *, paid=False):
        self.items, self.paid = items, paid
