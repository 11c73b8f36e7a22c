from billing.tests.builders import invoice
from billing.tests.clocks import frozen


def test_invoice():
    assert invoice().total == 300 and frozen().tm_year == 1970
