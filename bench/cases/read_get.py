import os


def url(default="none"):
    return os.environ.get("CASE_URL", default)


def check():
    assert url() == "none"
    os.environ["CASE_URL"] = "a b"
    assert url() == "a b"
    assert os.environ.get("CASE_NOT_THERE") is None
