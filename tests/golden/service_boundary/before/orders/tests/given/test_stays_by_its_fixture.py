from billing.invoice import Invoice


def test_fixture(amount):
    assert Invoice
