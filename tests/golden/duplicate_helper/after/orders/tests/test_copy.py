"""An exact copy but for its name and docstring; the import that only it needed goes too."""

from orders.tests.builders import paid_order as make_paid


def test_paid():
    assert make_paid(1, 2).paid


def test_a_name_of_its_own():
    make_paid = list
    assert make_paid((1,)) == [1]
