import unittest.mock
import unittest.mock as um
from unittest import mock


@mock.patch("orders.app.gateway")
def test_through_the_module(gateway):
    gateway.return_value = mock.Mock()
    gateway.side_effect = [um.MagicMock(), unittest.mock.AsyncMock()]
