"""A function gives the name of the one around it another value."""


def outer():
    from os import environ

    def replace():
        nonlocal environ
        environ = {}

    replace()
    return environ.get("APP_A")
