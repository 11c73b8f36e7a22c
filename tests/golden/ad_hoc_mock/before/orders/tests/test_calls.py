"""Every kind of mock goes through the factory; what is no creation stays."""

from unittest.mock import AsyncMock, MagicMock, Mock, PropertyMock, create_autospec, patch, sentinel

import pytest

CLIENT = Mock(name="client")


class Basket:
    total = 0


class TestBasket:
    shared = MagicMock(spec=Basket)

    def test_nested_arguments_stay(self):
        basket = MagicMock(
            spec=Basket,  # the real shape
            items=[Mock(price=1), Mock(price=2)],
            **{"pay.return_value": Mock(side_effect=ValueError("no"))},
        )
        assert [item.price for item in basket.items] == [1, 2]

    def test_values_are_no_creations(self):
        with patch.object(Basket, "total", new_callable=PropertyMock) as total:
            total.return_value = 3
        with patch("orders.app.gateway", MagicMock) as gateway:
            assert isinstance(gateway(""), MagicMock)
        assert isinstance(create_autospec(Basket), MagicMock)
        assert sentinel.basket

    @pytest.mark.parametrize("payment", [Mock(), None], ids=["paid", "open"])
    def test_in_a_decorator(self, payment):
        assert payment is None or payment.ok

    @patch("orders.app.gateway", new=Mock())
    def test_in_a_patch(self):
        assert CLIENT is not None


async def charge(gateway: AsyncMock = AsyncMock(return_value=7)):
    return await gateway()


make = lambda: Mock()(1)  # noqa: E731
