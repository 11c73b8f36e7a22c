"""A name that the file itself gives another meaning."""

from unittest.mock import patch


class Mock:
    """Our own."""


def test_own_class():
    assert Mock()


@patch("orders.tests.support.order")
def test_parameter(MagicMock):
    assert MagicMock()
