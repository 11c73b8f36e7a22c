from shop import Basket

from ..helpers import three
from . import values


def test_total():
    from .values import ITEMS as items

    assert Basket(items).order().value == three() == sum(values.ITEMS)
