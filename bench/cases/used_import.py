import os
import sys


def check():
    assert os.environ.get("CASE_P") is None
    assert os.path.basename(os.path.join("a", "b")) == "b"
    assert sys.path
