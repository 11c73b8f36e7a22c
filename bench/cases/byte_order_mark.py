import os


def check():
    assert os.environ.get("CASE_S", "é") == "\u00e9"
