from unittest.mock import Mock

from orders.tests.mocked_replies import reply_with


def test_reply():
    seen = Mock()
    seen(reply_with(200, {}).json())
    seen.assert_called_once_with({})
