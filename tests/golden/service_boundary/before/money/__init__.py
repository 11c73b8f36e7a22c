"""A library: the code of two services imports it, so their tests may as well."""


def cents(value):
    return round(value * 100)
