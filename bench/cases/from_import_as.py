from os import getenv as g


def check():
    assert g("CASE_H", "fallback") == "fallback"
    assert (lambda: g("CASE_H"))() is None
