"""Names imported out of os, under names of their own."""
from os import environ, getenv as g, path
from os import environ as E

HOME = environ["HOME"]
SHELL = g("SHELL", "/bin/sh")
TERM = E.get("TERM")


def joined():
    return path.join(HOME, environ.get("SUB", ""))
