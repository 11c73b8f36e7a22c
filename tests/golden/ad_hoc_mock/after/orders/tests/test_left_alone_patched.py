from unittest.mock import DEFAULT, AsyncMock, Mock, patch

from orders.tests import support


@patch("orders.tests.test_left_alone_patched.Mock")
def test_mock_is_mocked(made):
    Mock(name="counted")
    assert made.called


def test_patched_together():
    with patch.multiple(support, AsyncMock=DEFAULT):
        assert AsyncMock()
