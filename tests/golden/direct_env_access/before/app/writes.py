import os

os.environ["TOKENIZERS_PARALLELISM"] = "false"  # before the imports below
import json
from os import path


def configure(root):
    os.environ["ROOT"] = root
    os.environ["PATH"] += ":" + path.join(root, "bin")
    os.environ.setdefault("MODE", "dev")
    os.environ.update({"A": "1"}, B="2")
    old = os.environ.pop("OLD", None)
    del os.environ["STALE"]
    os.environ["X"], other = json.loads(old or "[1, 2]")
    with open(os.path.join(root, "f")) as stream:
        os.environ["CONTENT"] = stream.read()
    return other
