"""Classes that pytest passes over, hooks that it does not know, names that are taken."""

import unittest
from unittest.mock import patch

import pytest

from shop import lazy, prices


class PriceTests:
    def test_tea(self):
        assert prices.price("tea") == 3

    def test_milk(self):
        assert prices.price("milk") == 1


class PriceSpec:
    """The settings collect this name."""

    def test_tea(self):
        assert prices.price("tea") == 3


class TestWithConstructor:
    def __init__(self):
        self.rates = prices.RATES

    def test_tea(self):
        assert self.rates["tea"] == 3


class Contract:
    """Its heir is collected."""

    def test_tea(self):
        assert self.rates["tea"] == 3


class TestHeir(Contract):
    rates = prices.RATES


class TestUnittestNames:
    def setUp(self):
        self.rates = prices.RATES

    def test_tea(self):
        assert self.rates["tea"] == 3


class CaseOfUnittest(unittest.TestCase):
    """unittest collects it under any name."""

    def tearDown(self):
        prices.RATES["tea"] = 3

    def test_tea(self):
        self.assertEqual(prices.price("tea"), 3)


def test_twice():
    assert prices.price("tea") == 4


def test_twice():
    assert prices.price("tea") == 3


def test_outer():
    rates = prices.RATES

    def test_inner():
        assert rates == {}

    assert rates


@pytest.mark.parametrize("name", [])
def test_no_cases(name):
    assert prices.price(name)


@patch("shop.prices.discount")
def test_patches_what_is_not_there(discount):
    assert prices.price("tea") == 3


def test_other_patches(monkeypatch):
    """What is there, what is made, and what is made when it is asked for."""
    monkeypatch.setattr("shop.prices.RATES", {"tea": 4})
    with patch("shop.prices.tax", create=True), patch("shop.lazy.anything"), patch.object(prices, "price"):
        assert lazy.anything


def test_missing_module():
    with patch("shop.cellar.open_door"):
        assert prices.RATES


def test_patches_a_builtin_and_what_a_build_makes():
    """A mock puts builtins into any module; a build writes the version, which no commit holds."""
    with patch("shop.prices.open"), patch("shop._version.NUMBER"):
        assert prices.RATES


class Recipes:
    def test_tea(self):
        """What doctest runs, it finds by itself.

        >>> prices.price("tea")
        3
        """
