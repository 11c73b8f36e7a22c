import os

from shared.isolated_environment import get_env


def run(os, environ):
    return os.environ["A"], environ["B"], os.getenv("C")


class Fake:
    environ = {"A": "1"}

    def read(self):
        return self.environ["A"]


def local():
    os = Fake()
    return os.environ["A"]


REAL = get_env()["REAL"]
