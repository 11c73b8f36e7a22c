"""Nothing of orders is here."""

import pytest

from billing.invoice import Invoice
from test_framework import waiting


@pytest.mark.parametrize("number", [1, 2])
def test_number(number, tmp_path):
    from billing import invoice

    assert invoice.Invoice is Invoice
    assert waiting
    assert tmp_path / str(number)


if __name__ == "__main__":
    pytest.main([__file__, "-v"])
