import os


def test_l():
    assert os.sep


def test_other():
    assert os.name
