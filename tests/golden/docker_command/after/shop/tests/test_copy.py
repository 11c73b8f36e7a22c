"""An exact copy of a manager: an import takes its place."""

from shop.tests.containers import DockerManager


def test_start():
    DockerManager("db").start()
