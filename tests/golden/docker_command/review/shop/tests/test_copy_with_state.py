"""A copy with state in the class would share it: for review."""

from shop.tests.registry import ContainerRegistry


def test_registry():
    ContainerRegistry().start("db")
