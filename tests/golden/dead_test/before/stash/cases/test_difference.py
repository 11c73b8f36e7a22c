from shop.prices import price


def test_one():
    assert price(1) - 1 == 0


def test_two():
    assert price(2) - 2 == 0


def test_three():
    assert price(3) - 3 == 0
