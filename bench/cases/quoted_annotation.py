import os
import sys
from typing import get_type_hints


def read(path: "os.PathLike"):
    return os.environ.get("CASE_AH"), path


def check():
    assert read("a") == (None, "a")
    assert get_type_hints(read)["path"].__name__ == "PathLike"
    assert sys.path
