import os


def check():
    assert os.environ.setdefault("CASE_E", "1") == "1"
    assert os.environ.setdefault("CASE_E", "2") == "1"
    os.environ.update({"CASE_E": "3"}, CASE_E2="4")
    assert os.environ.pop("CASE_E") == "3"
    assert os.environ.pop("CASE_E", None) is None
    assert os.environ.pop("CASE_E2", "x") == "4"
