from billing.invoice import Invoice


def test_no_fixture():
    assert Invoice
