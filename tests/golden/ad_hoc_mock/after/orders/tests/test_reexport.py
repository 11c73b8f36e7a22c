from orders.tests.support import order
from test_framework.ssot.mock_factory import get_mock_factory


def test_reexport():
    assert order(total=1).total == get_mock_factory().create_mock(total=1).total


def test_late_import():

    assert get_mock_factory().create_async_mock()
