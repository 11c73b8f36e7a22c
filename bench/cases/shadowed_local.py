import os


class Machine:
    environ = {"NAME": "local"}


def name():
    os = Machine()
    return os.environ["NAME"]


def check():
    assert name() == "local"
    assert os.environ.get("NAME_NOT_THERE", "module") == "module"
