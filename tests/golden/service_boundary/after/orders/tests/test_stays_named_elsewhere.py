from billing.invoice import Invoice


def test_named():
    assert Invoice
