from billing.invoice import Invoice


def test_layer():
    assert Invoice
