"""``os`` is a parameter here: a description of a machine, not the module."""

import types


def distribution(os):
    return os.environ["NAME"]


def check():
    assert distribution(types.SimpleNamespace(environ={"NAME": "Debian"})) == "Debian"
