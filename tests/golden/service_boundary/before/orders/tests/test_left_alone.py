"""Its own service, a library, the framework, the standard library, text."""

import json

from money import cents
from orders.model import Order
from test_framework.waiting import wait

TEXT = "from billing.invoice import Invoice"


def test_order():
    assert json.dumps(cents(Order.price)) and wait
