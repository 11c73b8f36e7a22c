import os


def get_env():
    return "development"


def check():
    assert get_env() == "development"
    assert os.environ.get("CASE_X", "unset") == "unset"
