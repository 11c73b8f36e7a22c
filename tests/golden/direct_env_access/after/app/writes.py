import os

from shared.isolated_environment import get_env

get_env()["TOKENIZERS_PARALLELISM"] = "false"  # before the imports below
import json
from os import path


def configure(root):
    get_env()["ROOT"] = root
    get_env()["PATH"] += ":" + path.join(root, "bin")
    get_env().setdefault("MODE", "dev")
    get_env().update({"A": "1"}, B="2")
    old = get_env().pop("OLD", None)
    del get_env()["STALE"]
    get_env()["X"], other = json.loads(old or "[1, 2]")
    with open(os.path.join(root, "f")) as stream:
        get_env()["CONTENT"] = stream.read()
    return other
