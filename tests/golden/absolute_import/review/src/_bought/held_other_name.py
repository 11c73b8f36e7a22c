from _bought.errors import BoughtError


def buy():
    raise BoughtError
