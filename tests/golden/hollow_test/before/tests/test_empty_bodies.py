"""Tests without a body, in all the ways to write none."""

import unittest

import pytest


def test_pass():
    pass


def test_docstring_only():
    """It will test the sum one day."""


def test_ellipsis(): ...


async def test_returns_at_once():
    return


def test_not_written_yet():
    raise NotImplementedError


def test_body_is_a_comment():
    # cart = Cart()
    # cart.add("tea", 3)
    # assert cart.total() == 3
    pass


class TestInAClass(unittest.TestCase):
    def test_pass(self):
        pass


@pytest.mark.skip(reason="the shop has no taxes yet")
def test_skipped_says_so():
    pass


@pytest.mark.parametrize("price", [1, 2])
def test_every_price(price):
    pass


def test_doctest():
    """What doctest runs is no empty body.

    >>> Cart().total()
    0
    """
