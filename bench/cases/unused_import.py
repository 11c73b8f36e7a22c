import os
import sys


def check():
    assert os.environ.get("CASE_O") is None
    assert sys.path
