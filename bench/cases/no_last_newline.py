import os


def check():
    assert os.environ.get("CASE_T") is None