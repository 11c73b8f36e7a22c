from billing.invoice import Invoice


def test_name_taken():
    assert Invoice
