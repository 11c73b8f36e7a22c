import os

env = os.environ


def check():
    env["CASE_K"] = "1"
    assert env.get("CASE_K") == "1"
    os.environ["CASE_K"] = "2"
    assert env["CASE_K"] == "2"
