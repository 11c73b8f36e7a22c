import os


def check():
    os.environ["CASE_M2"] = "inner"
    assert os.environ.get("CASE_M", os.environ.get("CASE_M2", os.getenv("CASE_M3"))) == "inner"
    os.environ[os.environ["CASE_M2"]] = "key"
    assert os.environ["inner"] == "key"
