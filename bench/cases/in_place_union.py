import os


def add(more):
    os.environ |= more


def check():
    add({"CASE_AJ": "1"})
    try:
        assert os.environ["CASE_AJ"] == "1"
    finally:
        del os.environ["CASE_AJ"]
