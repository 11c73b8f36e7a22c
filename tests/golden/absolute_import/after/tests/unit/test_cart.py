from shop import Basket
from tests.helpers import three
from tests.unit import values


def test_total():
    from tests.unit.values import ITEMS as items

    assert Basket(items).order().value == three() == sum(values.ITEMS)
