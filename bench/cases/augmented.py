import os


def check():
    os.environ["CASE_PATH"] = "/a"
    os.environ["CASE_PATH"] += os.pathsep + "/b"
    assert os.environ["CASE_PATH"] == "/a" + os.pathsep + "/b"
    first, os.environ["CASE_PATH"] = "x", "y"
    assert (first, os.environ["CASE_PATH"]) == ("x", "y")
    for os.environ["CASE_PATH"] in ("1", "2"):
        pass
    assert os.environ["CASE_PATH"] == "2"
