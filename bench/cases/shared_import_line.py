import json, os, sys  # three at once


def check():
    assert os.environ.get("CASE_Q") is None
    assert json.loads("1") == 1 and sys.path
