import os


def read(key, /, *, default=None):
    match os.environ.get(key):
        case None if (fallback := default) is not None:
            return fallback
        case value:
            return value


def check():
    with (open(os.devnull) as one, open(os.devnull) as two):
        assert one.read() == two.read() == ""
    assert read("CASE_BB", default="d") == "d"
    assert read("CASE_BB") is None
