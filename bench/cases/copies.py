import os


def check():
    os.environ["CASE_F"] = "1"
    copied = os.environ.copy()
    spread = {**os.environ, "CASE_F2": "2"}
    built = dict(os.environ, CASE_F="9")
    os.environ["CASE_F"] = "changed"
    assert (copied["CASE_F"], spread["CASE_F"], built["CASE_F"]) == ("1", "1", "9")
    assert type(copied) is dict and spread["CASE_F2"] == "2"
