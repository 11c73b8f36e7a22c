from money import cents
from billing.invoice import Invoice


def test_total():
    assert Invoice.total == cents(3)
