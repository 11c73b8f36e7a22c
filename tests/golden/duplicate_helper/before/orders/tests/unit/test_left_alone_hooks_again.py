"""Hooks that pytest calls by name, and steps so short that anybody writes them again."""


def setup_module(module):
    module.items = [{"name": f"item {number}", "price": number} for number in range(3)]


def double(value):
    return value * 2


def test_double():
    assert double(items[1]["price"]) == 2
