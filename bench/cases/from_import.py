from os import environ, path


def check():
    environ["CASE_G"] = "1"
    assert environ.get("CASE_G") == "1"
    assert path.join("a", "b")
