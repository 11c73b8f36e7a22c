from unittest import mock

from test_framework.ssot.mock_factory import get_mock_factory


@mock.patch("orders.app.gateway")
def test_through_the_module(gateway):
    gateway.return_value = get_mock_factory().create_mock()
    gateway.side_effect = [get_mock_factory().create_magic_mock(), get_mock_factory().create_async_mock()]
