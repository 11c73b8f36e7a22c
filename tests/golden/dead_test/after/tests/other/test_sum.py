from shop.lazy import price


def test_one():
    assert price(1) == 1


def test_two():
    assert price(2) == 2


def test_three():
    assert price(3) == 3
