import os


def test_r():
    assert os.sep


def test_other():
    assert os.name
