from orders.tests.support import Mock, order


def test_reexport():
    assert order(total=1).total == Mock(total=1).total


def test_late_import():
    from orders.tests.support import AsyncMock

    assert AsyncMock()
