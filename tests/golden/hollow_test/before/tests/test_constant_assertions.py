"""Assertions that hold whatever the code does."""

import unittest

from shop.cart import Cart


def test_true_after_all():
    cart = Cart()
    cart.add("tea", 3)
    assert True


def test_true_where_nothing_runs():
    assert True, "the module can be imported"


def test_tuple():
    cart = Cart()
    assert (cart.total() == 0, "an empty cart costs nothing")


def test_text():
    cart = Cart()
    assert "empty"
    assert cart.items == []


def test_any_length():
    cart = Cart()
    assert len(cart.items) >= 0


def test_or_true():
    cart = Cart()
    assert cart.total() == 1 or True


def test_one_or_the_other():
    cart = Cart()
    assert cart.items is None or cart.items is not None


def test_with_itself():
    items = Cart().items
    assert items == items


def test_reads_a_property_twice():
    """An attribute may give another object each time, and a call too."""
    cart = Cart()
    assert cart.items is cart.items
    assert cart.total() == cart.total()


class TestSum(unittest.TestCase):
    def test_true(self):
        Cart().add("tea", 3)
        self.assertTrue(True)

    def test_with_itself(self):
        cart = Cart()
        items = cart.items
        self.assertEqual(items, items)
        self.assertEqual(cart.total(), 0)


def test_real_beside_a_mark():
    """``assert True`` as a mark does no harm beside an assertion that can fail."""
    cart = Cart()
    assert cart.total() == 0
    assert True


def test_equality_is_reflexive():
    """Comparing a thing with itself is the point where equality is under test."""
    cart = Cart()
    assert cart == cart


def test_membership_of_a_text():
    assert "tea" in str(Cart().items or "tea")
