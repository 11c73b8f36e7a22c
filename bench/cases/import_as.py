import os as system


def check():
    system.environ["CASE_I"] = "1"
    assert system.getenv("CASE_I") == "1"
    assert system.sep in "/\\"
