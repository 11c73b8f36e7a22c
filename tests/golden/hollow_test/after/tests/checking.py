"""Helpers that assert for tests of other files."""


def cart_is_empty(cart):
    assert cart.items == []
