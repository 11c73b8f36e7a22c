import os


def check():
    assert os.environ.get("CASE_R") is None
    assert """a
b""" == "a\nb"
