def read():
    import os

    return os.environ.get("CASE_J", "local")


def check():
    assert read() == "local"
    assert "os" not in globals()
