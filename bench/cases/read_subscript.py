import os


def check():
    os.environ["CASE_A"] = "1"
    assert os.environ["CASE_A"] == "1"
    try:
        os.environ["CASE_NOT_THERE"]
    except KeyError as error:
        assert error.args == ("CASE_NOT_THERE",)
    else:
        raise AssertionError("no KeyError")
