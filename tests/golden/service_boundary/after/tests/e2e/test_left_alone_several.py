"""A suite outside of all services, for what they do together."""

from billing.invoice import Invoice
from orders.model import Order


def test_all():
    assert Invoice.total == Order.price
