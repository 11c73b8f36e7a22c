def outer():
    from os import environ

    def replace():
        nonlocal environ
        environ = {"CASE_AI": "mine"}

    replace()
    return environ["CASE_AI"]


def check():
    assert outer() == "mine"
