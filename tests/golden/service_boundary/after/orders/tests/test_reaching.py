"""Everything that a test may take from where it should not, and a name that may be two things."""

import billing.invoice
from billing import Bill
from billing import Invoice as ByStar
from billing.tests.builders import invoice
from test_framework.either import Either
from orders.tests.helpers import frozen


def test_reaching():
    from billing.invoice import Invoice

    assert Bill is ByStar is Invoice is billing.invoice.Invoice
    assert invoice() and frozen() and Either
