import os


def check():
    assert os.getenv("CASE_B") is None
    assert os.getenv("CASE_B", default="x") == "x"
    assert os.getenv(key="CASE_B", default="y") == "y"
    assert list(map(os.getenv, ["CASE_B"])) == [None]
