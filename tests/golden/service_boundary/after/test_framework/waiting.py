from billing.invoice import Invoice
from money import cents


class Waiting:
    limit = cents(1)


def wait():
    return Invoice, Waiting
