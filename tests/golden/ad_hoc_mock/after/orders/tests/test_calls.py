"""Every kind of mock goes through the factory; what is no creation stays."""

from unittest.mock import AsyncMock, MagicMock, PropertyMock, create_autospec, patch, sentinel

import pytest

from test_framework.ssot.mock_factory import get_mock_factory

CLIENT = get_mock_factory().create_mock(name="client")


class Basket:
    total = 0


class TestBasket:
    shared = get_mock_factory().create_magic_mock(spec=Basket)

    def test_nested_arguments_stay(self):
        basket = get_mock_factory().create_magic_mock(
            spec=Basket,  # the real shape
            items=[get_mock_factory().create_mock(price=1), get_mock_factory().create_mock(price=2)],
            **{"pay.return_value": get_mock_factory().create_mock(side_effect=ValueError("no"))},
        )
        assert [item.price for item in basket.items] == [1, 2]

    def test_values_are_no_creations(self):
        with patch.object(Basket, "total", new_callable=PropertyMock) as total:
            total.return_value = 3
        with patch("orders.app.gateway", MagicMock) as gateway:
            assert isinstance(gateway(""), MagicMock)
        assert isinstance(create_autospec(Basket), MagicMock)
        assert sentinel.basket

    @pytest.mark.parametrize("payment", [get_mock_factory().create_mock(), None], ids=["paid", "open"])
    def test_in_a_decorator(self, payment):
        assert payment is None or payment.ok

    @patch("orders.app.gateway", new=get_mock_factory().create_mock())
    def test_in_a_patch(self):
        assert CLIENT is not None


async def charge(gateway: AsyncMock = get_mock_factory().create_async_mock(return_value=7)):
    return await gateway()


make = lambda: get_mock_factory().create_mock()(1)  # noqa: E731
